/** github.com/mitchellh/go-wordwrap: breaks lines at blanks only; a word that is too long stays whole. */
export function wrapped(text: string, limit: number): string {
  let result = '';
  let current = 0;
  let word = '';
  let space = '';
  const flush = (): void => {
    current += space.length + word.length;
    result += space + word;
    space = '';
    word = '';
  };
  for (const character of text) {
    if (character === '\n') {
      if (word === '' && current + space.length > limit) space = '';
      flush();
      result += character;
      current = 0;
    } else if (/\s/.test(character) && character !== '\u00a0') {
      if (space === '' || word !== '') flush();
      space += character;
    } else {
      word += character;
      if (current + word.length + space.length > limit && word.length < limit) {
        result += '\n';
        current = 0;
        space = '';
      }
    }
  }
  if (word === '' && current + space.length > limit) return result;
  return result + space + word;
}

export function indented(text: string, amount: number): string {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
