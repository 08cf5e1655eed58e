/** Rule 11 for a step with `sort`: all lines in order. */
export function sortLines(text: string): string {
  const lines = text.split('\n');
  const tail = lines.at(-1) === '' ? lines.splice(-1) : [];
  return [...lines.sort(byCodeUnit), ...tail].join('\n');
}

/** Rule 11: neighbours that stand in an order of chance. */
export function sortChanceLines(text: string): string {
  const lines = text.split('\n');
  const sorted: string[] = [];
  let run: string[] = [];
  for (const line of lines) {
    if (line.includes('<rand>') || line.includes('<hash')) {
      run.push(line);
      continue;
    }
    sorted.push(...run.sort(byCodeUnit), line);
    run = [];
  }
  return [...sorted, ...run.sort(byCodeUnit)].join('\n');
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
