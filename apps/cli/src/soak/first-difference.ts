const before = 120;
const after = 160;

/** Where two long lines begin to differ, with something around it; `other` may be missing. */
export function firstDifference(line: string, other = ''): string {
  let at = 0;
  while (at < line.length && line[at] === other[at]) at += 1;
  const excerpt = (text: string): string => text.slice(Math.max(0, at - before), at + after);
  return `- ${excerpt(line)}\n  + ${excerpt(other)}`;
}
