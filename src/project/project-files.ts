/**
 * The files of a project, as far as reading a template needs them. Paths are absolute, or count from the
 * working directory. Nothing is ever written, and nothing that is read is ever run.
 */
export interface ProjectFiles {
  /** The text of a file; `null` where there is none. */
  read(file: string): string | null;
  /** What stands under a path. */
  kindOf(file: string): 'file' | 'folder' | null;
  /** When a file was last written; `null` where there is none. */
  modifiedMs(file: string): number | null;
  /** Names in a folder; none where there is no folder. */
  list(folder: string): readonly string[];
}
