import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultHtml } from '../../src/report/result-html.ts';
import { resultSvg } from '../../src/report/result-svg.ts';
import { arbitraryResult } from './fixtures/arbitrary-result.ts';
import { expectSound, only, readable } from './fixtures/expect-sound.ts';
import { allElements, textOf } from './fixtures/parse-markup.ts';
import { change, hostile, RESULTS, survivors, told } from './fixtures/results.ts';

describe('resultHtml', () => {
  it.each(Object.entries(RESULTS))('is sound and holds the whole result for %s', (_, result) => {
    const elements = expectSound(resultHtml(result));
    const data = only(elements, 'script');
    expect(data.attributes).toEqual({ type: 'application/json', id: 'result' });
    expect(JSON.parse(textOf(data))).toEqual(result);
  });

  it('is sound whatever the result, and shows no missing number', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const html = expectSound(resultHtml(result));
        expect(readable(html)).not.toMatch(/null|undefined|nan|infinity/i);
        const svg = expectSound(resultSvg(result));
        expect(readable(svg)).not.toMatch(/null|undefined|nan|infinity/i);
      }),
    );
  });

  it('draws no label of combining marks alone, which have no width', () => {
    const limits = [{ source: '\u{10376}', maxSeconds: 1 }];
    const timeout = { ...change.timeout, limits };
    const svg = only(
      expectSound(resultHtml({ ...change, timeout })).filter(
        ({ attributes }) => attributes['aria-labelledby']?.includes('timeout') ?? false,
      ),
      'svg',
    );
    const labels = allElements(svg).filter(({ name }) => name === 'text');
    expect(labels.map(textOf)).not.toContain('\u{10376}');
    expect(labels.map(textOf)).toContain('recommended');
  });

  it('lets nothing break out of where it stands', () => {
    const html = resultHtml(hostile);
    // The characters that could: all of the hostile name's are escaped, in text and in data.
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('</title>-->');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<style/g)).toHaveLength(1);
    const elements = expectSound(html);
    const title = textOf(only(elements.slice(0, 8), 'title'));
    expect(title).toContain(`"><script>alert(1)</script>`);
  });

  it('loads nothing and allows no script', () => {
    const html = resultHtml(change);
    expect(html).toContain('default-src &#39;none&#39;');
    // The namespace of SVG is a name, not an address.
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
  });

  it('gives every chart a title, a description and its numbers', () => {
    const figures = expectSound(resultHtml(change)).filter(({ name }) => name === 'figure');
    expect(figures.map((figure) => textOf(only(allElements(figure), 'h2')))).toEqual([
      'Duration by memory size',
      'Cost by memory size',
      'Every invocation',
      'What speed costs',
      'Cold starts',
      'Memory used',
      'Timeout at 1769\u00a0MB',
    ]);
    for (const figure of figures) {
      const below = allElements(figure);
      expect(textOf(only(below, 'desc')).length).toBeGreaterThan(20);
      expect(textOf(only(below, 'figcaption')).length).toBeGreaterThan(20);
      expect(below.filter(({ name }) => name === 'tr').length).toBeGreaterThan(1);
    }
  });

  it('says in words what became of sizes without numbers', () => {
    const text = readable(expectSound(resultHtml(survivors)));
    expect(text).toContain(
      'out of memory after 5 invocations, 128\u00a0MB used: Runtime.OutOfMemory',
    );
    expect(text).toContain('A cross stands for a size without numbers.');
  });

  it('takes a title of the user in place of the name, which then stands among the facts', () => {
    const elements = expectSound(resultHtml(change, { title: 'Before <b>Friday</b>' }));
    expect(textOf(only(elements, 'h1'))).toBe('Before <b>Friday</b>');
    expect(textOf(only(elements.slice(0, 8), 'title'))).toBe('Before <b>Friday</b>');
    expect(readable(elements)).toContain('thumbnail');
  });

  it('says in one line what speaks against acting, and folds the other warnings away', () => {
    const elements = expectSound(resultHtml(told));
    const blockers = elements.filter(({ attributes }) => attributes['class'] === 'blockers');
    expect(blockers.map(textOf)).toEqual([
      'Before you act: Your real calls take longer than the payload.',
    ]);
    const notes = elements.filter(({ attributes }) => attributes['class'] === 'notes');
    expect(notes.map(({ name }) => name)).toEqual(['details']);
    expect(
      notes.map((each) => allElements(each).filter(({ name }) => name === 'li').length),
    ).toEqual([2]);
  });

  it('draws every interval above the mark that it is of', () => {
    const groups = expectSound(resultHtml(told)).filter(({ name, children }) => {
      const classes = children.map((child) =>
        typeof child === 'string' ? '' : (child.attributes['class'] ?? ''),
      );
      return name === 'g' && classes.includes('pd-interval');
    });
    // Three charts of six sizes each.
    expect(groups).toHaveLength(18);
    for (const { children } of groups) {
      const classes = children.flatMap((child) =>
        typeof child === 'string' ? [] : [child.attributes['class']],
      );
      const mark = classes.findIndex((each) => /^pd-(?:point|now|best)$/.test(each ?? ''));
      expect(mark).toBeGreaterThan(-1);
      expect(classes.indexOf('pd-interval')).toBeGreaterThan(mark);
    }
  });

  it('reads as in its golden file', async () => {
    const elements = expectSound(resultHtml(told));
    const text = elements
      .filter(({ name }) => ['h1', 'h2', 'p', 'dt', 'dd', 'figcaption', 'th', 'td'].includes(name))
      .map((element) => `${element.name}: ${textOf(element)}`)
      .join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot('goldens/told.html.txt');
  });
});

describe('resultSvg', () => {
  it.each(Object.entries(RESULTS))('is a sound drawing of %s', (_, result) => {
    const elements = expectSound(resultSvg(result));
    expect(elements[0]?.name).toBe('svg');
    expect(elements[0]?.attributes['xmlns']).toBe('http://www.w3.org/2000/svg');
  });

  it('draws as in its golden file', async () => {
    await expect(resultSvg(survivors)).toMatchFileSnapshot('goldens/survivors.svg');
  });
});
