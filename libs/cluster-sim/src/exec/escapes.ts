const simple: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** Backslash escapes of echo -e and printf; `\c` ends the output. Octal is \0nnn for echo, \nnn for printf. */
export function unescape(text: string, octalNeedsZero: boolean): { readonly text: string; readonly stopped: boolean } {
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character !== '\\' || next === '') {
      result += character;
      continue;
    }
    if (next === 'c') return { text: result, stopped: true };
    const rest = text.slice(index + 1, index + 5);
    const octal = (octalNeedsZero ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(rest);
    const hexadecimal = /^x([0-9a-fA-F]{1,2})/.exec(rest);
    const numeric = octal ?? hexadecimal;
    if (numeric) {
      result += String.fromCharCode(
        Number.parseInt(numeric[1] === '' ? '0' : (numeric[1] ?? '0'), octal ? 8 : 16) & 0xff,
      );
      index += numeric[0].length;
    } else {
      result += simple.get(next) ?? character + next;
      index += 1;
    }
  }
  return { text: result, stopped: false };
}
