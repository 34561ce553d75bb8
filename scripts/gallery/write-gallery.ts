// Writes the pages of docs/gallery from the recorded runs beside them: a part of `npm run docs`.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GALLERY, galleryPages } from './gallery-pages.ts';

for (const [name, html] of await galleryPages()) {
  await writeFile(path.join(GALLERY, name), html);
}
