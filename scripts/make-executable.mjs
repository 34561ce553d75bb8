// tsc writes files without the executable bit; the shell needs it on the command itself.
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/src/cli/main.js', import.meta.url), 0o755);
