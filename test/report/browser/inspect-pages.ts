import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a browser found on one page at one width. */
export interface PageFindings {
  readonly name: string;
  readonly width: number;
  readonly title: string;
  readonly scripts: number;
  readonly charts: number;
  /** By how many pixels the page is wider than the window. */
  readonly overflow: number;
  /** Labels of charts that stick out of their chart, with by how much. */
  readonly clipped: readonly string[];
  /** The embedded result, as the browser reads it. */
  readonly data: string;
}

/** Runs in the browser, in a page around the pages that are looked at. */
const INSPECTOR = `
addEventListener('load', () => {
  const findings = [...document.querySelectorAll('iframe')].map((frame) => {
    const page = frame.contentDocument;
    const clipped = [...page.querySelectorAll('svg')].flatMap((svg) => {
      const { width, height } = svg.viewBox.baseVal;
      return [...svg.querySelectorAll('text')].flatMap((text) => {
        const box = text.getBBox();
        const out = Math.max(-box.x, -box.y, box.x + box.width - width, box.y + box.height - height);
        return out > 4 ? [text.textContent + ': ' + Math.round(out)] : [];
      });
    });
    return {
      name: frame.name, width: frame.clientWidth, title: page.title,
      scripts: page.querySelectorAll('script').length, charts: page.querySelectorAll('svg').length,
      overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
      clipped, data: page.getElementById('result').textContent,
    };
  });
  // As base64, so that nothing of a page is read as markup on the way out.
  const bytes = new TextEncoder().encode(JSON.stringify(findings));
  document.body.textContent = '<<' + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) + '>>';
});`;

/** Opens every page at every width in one browser, and tells what is there. */
export async function inspectPages(
  browser: string,
  pages: ReadonlyMap<string, string>,
  widths: readonly number[],
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
      `<!DOCTYPE html><meta charset="utf-8"><body>${frames.join('')}<script>${INSPECTOR}</script></body>`,
    );
    const dom = await dump(browser, folder, pathToFileURL(around).href);
    const encoded = /&lt;&lt;([A-Za-z0-9+/=]+)&gt;&gt;/.exec(dom)?.[1];
    if (encoded === undefined) throw new Error(`the browser told nothing: ${dom.slice(0, 500)}`);
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as readonly PageFindings[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
