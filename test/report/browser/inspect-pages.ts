import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A font that the test brings along, by weight: a machine need not have it. */
export interface Family {
  readonly name: string;
  /** Files of the font; none for a font that nobody has, where a browser takes its own. */
  readonly faces: readonly { readonly weight: string; readonly file: string }[];
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
  /** Cards whose text is wider than they are. */
  readonly overfull: readonly string[];
  /** Labels of charts that stick out of their chart, with by how many pixels. */
  readonly clipped: readonly string[];
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

function clippedLabels(page) {
  return [...page.querySelectorAll('svg')].flatMap((svg) => {
    const whole = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].flatMap((text) => {
      const box = text.getBoundingClientRect();
      const out = Math.max(
        whole.left - box.left, whole.top - box.top, box.right - whole.right, box.bottom - whole.bottom,
      );
      return out > 1 ? [text.textContent + ': ' + Math.round(out)] : [];
    });
  });
}

function look(frame, family) {
  const page = frame.contentDocument;
  return {
    name: frame.name, width: frame.clientWidth, family, tenDigits: tenDigits(page), title: page.title,
    scripts: page.querySelectorAll('script').length, charts: page.querySelectorAll('svg').length,
    overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    overfull: [...page.querySelectorAll('.cards > div')]
      .filter((card) => card.scrollWidth > card.clientWidth)
      .map((card) => card.textContent),
    clipped: clippedLabels(page), data: page.getElementById('result').textContent,
  };
}

addEventListener('load', () => {
  let said;
  try {
    const frames = [...document.querySelectorAll('iframe')];
    said = families.flatMap((family) => {
      for (const frame of frames) dress(frame, family);
      return frames.map((frame) => look(frame, family.name));
    });
  } catch (error) {
    said = { error: String(error) };
  }
  // As base64, so that nothing of a page is read as markup on the way out.
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  document.body.textContent = '<<' + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) + '>>';
});`;

/** Opens every page at every width and in every font in one browser, and tells what is there. */
export async function inspectPages(
  browser: string,
  pages: ReadonlyMap<string, string>,
  widths: readonly number[],
  families: readonly Family[],
): Promise<readonly PageFindings[]> {
  const folder = await mkdtemp(join(tmpdir(), 'powerdial-pages-'));
  try {
    const frames: string[] = [];
    for (const [name, html] of pages) {
      await writeFile(join(folder, `${name}.html`), html);
      for (const width of widths) {
        frames.push(
          `<iframe name="${name}" src="${name}.html" style="width:${width}px;height:900px;border:0"></iframe>`,
        );
      }
    }
    const around = join(folder, 'around.html');
    await writeFile(
      around,
      `<!DOCTYPE html><meta charset="utf-8"><body>${frames.join('')}<script>const families = ${await fontData(families)};${INSPECTOR}</script></body>`,
    );
    const dom = await dump(browser, folder, pathToFileURL(around).href);
    const encoded = /&lt;&lt;([A-Za-z0-9+/=]+)&gt;&gt;/.exec(dom)?.[1];
    if (encoded === undefined) throw new Error(`the browser told nothing: ${dom.slice(0, 500)}`);
    const said = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as
      readonly PageFindings[] | { readonly error: string };
    if ('error' in said) throw new Error(`the browser: ${said.error}`);
    return said;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The fonts as JSON, each file in base64. */
async function fontData(families: readonly Family[]): Promise<string> {
  const read = families.map(async ({ name, faces }) => ({
    name,
    faces: await Promise.all(
      faces.map(async ({ weight, file }) => ({ weight, data: await readFile(file, 'base64') })),
    ),
  }));
  return JSON.stringify(await Promise.all(read));
}

function dump(browser: string, folder: string, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      browser,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--allow-file-access-from-files',
        `--user-data-dir=${join(folder, 'profile')}`,
        '--dump-dom',
        url,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let dom = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => (dom += text));
    child.on('error', reject);
    child.on('close', () => {
      resolve(dom);
    });
  });
}
