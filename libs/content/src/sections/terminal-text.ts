/** kubectl writes a warning as it comes with the answer, before it prints what was done; other complaints come last. */
export function asOnTerminal({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const complaints = stderr.split(/(?<=\n)/);
  const isWarning = (line: string): boolean => line.startsWith('Warning: ');
  const end = stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`;
  return [...complaints.filter(isWarning), end, ...complaints.filter((line) => !isWarning(line))].join('');
}

export function linesOf(text: string): readonly string[] {
  return withoutEmptyEnd(text.split('\n').map((line) => line.trimEnd()));
}

export function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}
