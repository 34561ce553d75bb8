import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from './open-browser.ts';

/** Opens a page of its own, in place of what was there. */
export async function openPage(browser: Browser, html: string): Promise<void> {
  const file = join(browser.folder, 'page.html');
  await writeFile(file, html);
  await browser.open(pathToFileURL(file).href);
}

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** Returns what axe-core finds wrong on the page that is open, with everything unfolded: rule and element. */
export async function findAxeViolations(
  browser: Browser,
  { width, scheme }: View,
): Promise<readonly string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await browser.send('Emulation.setDeviceMetricsOverride', {
    width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: false,
  });
  await browser.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: scheme }],
  });
  await browser.evaluate(`${axe};
    for (const each of document.querySelectorAll('details')) each.open = true;`);
  const found = await browser.evaluate(`axe.run(document).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      id + ' at ' + target.join(' ') + ': ' + failureSummary)))`);
  await browser.send('Emulation.clearDeviceMetricsOverride');
  await browser.send('Emulation.setEmulatedMedia', { features: [] });
  return found as readonly string[];
}

/** Sheets of paper by their sides in inches. */
export const SHEETS = {
  A4: { paperWidth: 210 / 25.4, paperHeight: 297 / 25.4 },
  Letter: { paperWidth: 8.5, paperHeight: 11 },
} as const;

/** Prints the page that is open and counts its sheets: each is an object of its own in a PDF. */
export async function countSheets(browser: Browser, sheet: keyof typeof SHEETS): Promise<number> {
  const { data } = await browser.send('Page.printToPDF', {
    ...SHEETS[sheet],
    printBackground: true,
  });
  const pdf = Buffer.from(data as string, 'base64').toString('latin1');
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Returns what the tab key reaches, in order, and opens each with the enter key: how many are open then. */
export async function walkByKeyboard(
  browser: Browser,
  steps: number,
): Promise<{ readonly reached: readonly string[]; readonly opened: number }> {
  const reached: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await press(browser, 'Tab', 9);
    const what = (await browser.evaluate(
      `document.activeElement.closest('summary')?.textContent ?? document.activeElement.tagName`,
    )) as string;
    if (what === 'BODY') break;
    reached.push(what);
    if (what !== 'DIV') await press(browser, 'Enter', 13, '\r');
  }
  const opened = await browser.evaluate(`document.querySelectorAll('details[open]').length`);
  return { reached, opened: opened as number };
}

async function press(browser: Browser, key: string, code: number, text?: string): Promise<void> {
  const event = { key, code: key, windowsVirtualKeyCode: code };
  await browser.send('Input.dispatchKeyEvent', {
    type: text === undefined ? 'rawKeyDown' : 'keyDown',
    ...event,
    ...(text === undefined ? {} : { text }),
  });
  await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}
