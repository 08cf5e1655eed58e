import type { CommandEnd } from './remote-command.ts';
import type { CommandRequest } from './stream-request.ts';

/** The Status on the error channel, from v4 on: apimachinery/pkg/util/remotecommand, kubelet cri/streaming/remotecommand/exec.go. */
export function endStatus(end: CommandEnd, { command }: Pick<CommandRequest, 'command'>): string {
  if (end.kind === 'failed') {
    const message = `Internal error occurred: ${end.message}`;
    const details = { causes: [{ message: end.message }] };
    return JSON.stringify({ metadata: {}, status: 'Failure', message, reason: 'InternalError', details, code: 500 });
  }
  if (end.code === 0) return JSON.stringify({ metadata: {}, status: 'Success' });
  const message = `command terminated with non-zero exit code: error executing command [${command.join(' ')}], exit code ${end.code}`;
  const details = { causes: [{ reason: 'ExitCode', message: String(end.code) }] };
  return JSON.stringify({ metadata: {}, status: 'Failure', message, reason: 'NonZeroExitCode', details });
}

/** What older protocols have instead: text, and nothing where all went well. */
export function endText(end: CommandEnd, { command }: Pick<CommandRequest, 'command'>): string {
  if (end.kind === 'failed') return end.message;
  return end.code === 0 ? '' : `error executing command [${command.join(' ')}], exit code ${end.code}`;
}

/** Of remotecommand's resize channel; undefined for what is none. */
export function terminalSize(text: string): { readonly columns: number; readonly rows: number } | undefined {
  const match = /^\s*\{.*\}\s*$/.exec(text);
  if (!match) return undefined;
  try {
    const { Width, Height } = JSON.parse(text) as { readonly Width?: unknown; readonly Height?: unknown };
    const isSize = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
    return isSize(Width) && isSize(Height) ? { columns: Width, rows: Height } : undefined;
  } catch {
    return undefined;
  }
}
