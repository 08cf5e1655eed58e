const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The error of Go's encoding/base64 StdEncoding for a text, undefined where it can be decoded. Line ends are skipped. */
export function base64Error(text: string): string | undefined {
  let quantum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\n' || character === '\r') continue;
    if (character === '=') return paddingError(text, index, quantum);
    if (!alphabet.includes(character)) return corrupt(index);
    quantum = (quantum + 1) % 4;
  }
  // Go names the start of the group that ends too early.
  return quantum === 0 ? undefined : corrupt(text.length - quantum);
}

function paddingError(text: string, index: number, quantum: number): string | undefined {
  if (quantum < 2) return corrupt(index);
  let rest = skipLineEnds(text, index + 1);
  if (quantum === 2) {
    if (rest >= text.length) return corrupt(text.length);
    if (text.charAt(rest) !== '=') return corrupt(rest);
    rest += 1;
  }
  rest = skipLineEnds(text, rest);
  return rest < text.length ? corrupt(rest) : undefined;
}

function skipLineEnds(text: string, from: number): number {
  let index = from;
  while (text.charAt(index) === '\n' || text.charAt(index) === '\r') index += 1;
  return index;
}

function corrupt(index: number): string {
  return `illegal base64 data at input byte ${index}`;
}
