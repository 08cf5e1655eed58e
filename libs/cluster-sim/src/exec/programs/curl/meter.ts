import type { Duration } from '../../../engine/time.ts';

const header =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';
const idle = '--:--:--';
/** An update a second, up to this many. */
const maxUpdates = 300;

/** The progress meter begins as soon as the transfer does, when the output is no terminal. */
export const meterStart = `${header}\r${meterLine(0, 0, 0)}`;

/** What the meter shows when the transfer is over. */
export function meterEnd(received: number, elapsed: Duration): string {
  const seconds = Math.min(Math.floor(elapsed / 1_000), maxUpdates);
  let text = '';
  for (let second = 1; second <= seconds; second += 1) text += `\r${meterLine(0, 0, second)}`;
  if (received > 0 || seconds === 0) text += `\r${meterLine(received, received * 1_000, seconds)}`;
  return `${text}\n`;
}

function meterLine(received: number, speed: number, seconds: number): string {
  const percent = String(received > 0 ? 100 : 0).padStart(3);
  const transfers = `${percent} ${amount(received)}  ${percent} ${amount(received)}    0     0`;
  const spent = seconds > 0 ? clock(seconds) : idle;
  return `${transfers}  ${amount(speed)}      0 ${idle} ${spent} ${idle} ${amount(speed)}`;
}

function clock(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return ` ${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** tool_progress.c max5data: at most five characters. */
function amount(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * 1_024) return `${String(Math.floor(bytes / 1_024)).padStart(4)}k`;
  return `${String(Math.floor(bytes / 1_048_576)).padStart(4)}M`;
}
