import type { PlatformLogStyle } from './platform-log-facts.ts';
import { jsonPlatformLog } from './platform-log-json.ts';
import type { PlatformLogWriter } from './platform-log-lines.ts';
import { textPlatformLog } from './platform-log-text.ts';

export type {
  InitReportFacts,
  InitStartFacts,
  InvocationFacts,
  PlatformLogStyle,
  RestoreFacts,
} from './platform-log-facts.ts';
export type { PlatformLogWriter } from './platform-log-lines.ts';

export function platformLogWriter(style: PlatformLogStyle): PlatformLogWriter {
  return style.logFormat === 'JSON' ? jsonPlatformLog(style) : textPlatformLog;
}
