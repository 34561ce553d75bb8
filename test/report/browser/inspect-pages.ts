import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from './open-browser.ts';

/** A font that the test brings along, by weight: a machine need not have it. */
export interface Family {
  readonly name: string;
  /** Files of the font; none for a font that nobody has, where a browser takes its own. */
  readonly faces: readonly { readonly weight: string; readonly file: string }[];
}

/** A font with the widths of pages that are looked at in it. */
export interface WantedFamily extends Family {
  readonly widths: readonly number[];
}

/** What a browser found on one page at one width in one font. */
export interface PageFindings {
  readonly name: string;
  readonly width: number;
  readonly family: string;
  /** How wide ten digits of 100 px are: that the font is the one that was asked for. */
  readonly tenDigits: number;
  readonly title: string;
  readonly scripts: number;
  readonly charts: number;
  /** By how many pixels the page is wider than the window. */
  readonly overflow: number;
  /** Cards, cells and facts whose text is wider than they are, and tables wider than their place. */
  readonly overfull: readonly string[];
  /** Labels of charts that stick out of their chart, with by how many pixels. */
  readonly clipped: readonly string[];
  /** Labels of one chart that lie on each other. */
  readonly collisions: readonly string[];
  /** The embedded result, as the browser reads it. */
  readonly data: string;
}

/** Runs in the browser, in a page around the pages that are looked at; `families` stands before it. */
const INSPECTOR = `
function dress(frame, { name, faces }) {
  const { FontFace, CSSStyleSheet } = frame.contentWindow;
  const page = frame.contentDocument;
  for (const { weight, data } of faces) {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const face = new FontFace(name, bytes, { weight });
    if (face.status !== 'loaded') throw new Error(name + ' is ' + face.status);
    page.fonts.add(face);
  }
  // What a script sets is not what the page's policy forbids it to load.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { font-family: "' + name + '" !important }');
  page.adoptedStyleSheets = [sheet];
}

function tenDigits(page) {
  const probe = page.createElement('span');
  probe.style.cssText = 'position:absolute;font-size:100px;white-space:nowrap';
  probe.textContent = '0123456789';
  page.body.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width;
}

function labelsOf(svg) {
  return [...svg.querySelectorAll('text')].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return { text: text.textContent, left, right, top, bottom };
  });
}

function clippedLabels(page) {
  return [...page.querySelectorAll('svg')].flatMap((svg) => {
    const whole = svg.getBoundingClientRect();
    return labelsOf(svg).flatMap((box) => {
      const out = Math.max(
        whole.left - box.left, whole.top - box.top, box.right - whole.right, box.bottom - whole.bottom,
      );
      return out > 1 ? [box.text + ': ' + Math.round(out)] : [];
    });
  });
}

// Of the height of a line a third is room above and below its letters.
function collisions(page) {
  return [...page.querySelectorAll('svg')].flatMap((svg) => {
    const labels = labelsOf(svg);
    return labels.flatMap((one, index) => labels.slice(index + 1).flatMap((other) => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const line = Math.min(one.bottom - one.top, other.bottom - other.top);
      return across > 0.5 && down > line / 3 ? [one.text + ' on ' + other.text] : [];
    }));
  });
}

function overfull(page) {
  const within = [...page.querySelectorAll('.cards > div, td, tbody th, .facts dd, .about dd')]
    .filter((box) => box.clientWidth > 0 && box.scrollWidth > box.clientWidth);
  const tables = [...page.querySelectorAll('main > table, section > table')]
    .filter((table) => table.getBoundingClientRect().right > table.parentElement.getBoundingClientRect().right + 1);
  return [...within, ...tables].map((box) => box.tagName + ' ' + box.textContent.slice(0, 80));
}

function look(frame, family) {
  const page = frame.contentDocument;
  return {
    name: frame.name, width: frame.clientWidth, family, tenDigits: tenDigits(page), title: page.title,
    scripts: page.querySelectorAll('script').length, charts: page.querySelectorAll('svg').length,
    overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    overfull: overfull(page), clipped: clippedLabels(page), collisions: collisions(page),
    data: page.getElementById('result').textContent,
  };
}

function inspect() {
  const frames = [...document.querySelectorAll('iframe')];
  return JSON.stringify(families.flatMap((family) => {
    const wanted = frames.filter((frame) => family.widths.includes(frame.clientWidth));
    for (const frame of wanted) dress(frame, family);
    return wanted.map((frame) => look(frame, family.name));
  }));
}`;

/** Opens every page at every width that a font is wanted for, and tells what is there. */
export async function inspectPages(
  browser: Browser,
  pages: ReadonlyMap<string, string>,
  families: readonly WantedFamily[],
): Promise<readonly PageFindings[]> {
  const widths = [...new Set(families.flatMap((family) => family.widths))];
  const frames: string[] = [];
  for (const [name, html] of pages) {
    await writeFile(join(browser.folder, `${name}.html`), html);
    for (const width of widths) {
      frames.push(
        `<iframe name="${name}" src="${name}.html" style="width:${width}px;height:900px;border:0"></iframe>`,
      );
    }
  }
  const around = join(browser.folder, 'around.html');
  await writeFile(
    around,
    `<!DOCTYPE html><meta charset="utf-8"><body>${frames.join('')}<script>const families = ${await fontData(families)};${INSPECTOR}</script></body>`,
  );
  await browser.open(pathToFileURL(around).href);
  return JSON.parse((await browser.evaluate('inspect()')) as string) as readonly PageFindings[];
}

/** The fonts as JSON, each file in base64. */
async function fontData(families: readonly WantedFamily[]): Promise<string> {
  const read = families.map(async ({ name, faces, widths }) => ({
    name,
    widths,
    faces: await Promise.all(
      faces.map(async ({ weight, file }) => ({ weight, data: await readFile(file, 'base64') })),
    ),
  }));
  return JSON.stringify(await Promise.all(read));
}
