/**
 * Shell patterns: `*`, `?`, `[a-z]`, `[!a]`. Backtracks to the last star only, so time is bounded by the product of the lengths.
 * A character in `literal` (by index) stands for itself.
 */
export function matchesPattern(text: string, pattern: string, literal?: ReadonlySet<number>): boolean {
  let textIndex = 0;
  let patternIndex = 0;
  let starPattern = -1;
  let starText = 0;
  while (textIndex < text.length) {
    const step = patternIndex < pattern.length ? matchOne(text.charAt(textIndex), pattern, patternIndex, literal) : 0;
    if (pattern.charAt(patternIndex) === '*' && !literal?.has(patternIndex)) {
      starPattern = patternIndex;
      starText = textIndex;
      patternIndex += 1;
    } else if (step > 0) {
      textIndex += 1;
      patternIndex += step;
    } else if (starPattern >= 0) {
      starText += 1;
      textIndex = starText;
      patternIndex = starPattern + 1;
    } else return false;
  }
  while (pattern.charAt(patternIndex) === '*' && !literal?.has(patternIndex)) patternIndex += 1;
  return patternIndex === pattern.length;
}

/** How many characters of the pattern stand for this character; 0: it does not match. */
function matchOne(character: string, pattern: string, index: number, literal?: ReadonlySet<number>): number {
  const symbol = pattern.charAt(index);
  if (literal?.has(index)) return symbol === character ? 1 : 0;
  if (symbol === '?') return 1;
  const end = symbol === '[' ? pattern.indexOf(']', index + 2) : -1;
  if (end < 0) return symbol === character ? 1 : 0;
  const negated = pattern.charAt(index + 1) === '!' || pattern.charAt(index + 1) === '^';
  const members = pattern.slice(index + (negated ? 2 : 1), end);
  return inBracket(character, members) !== negated ? end - index + 1 : 0;
}

function inBracket(character: string, members: string): boolean {
  for (let index = 0; index < members.length; index += 1) {
    const first = members.charAt(index);
    if (members.charAt(index + 1) === '-' && index + 2 < members.length) {
      if (character >= first && character <= members.charAt(index + 2)) return true;
      index += 2;
    } else if (character === first) return true;
  }
  return false;
}
