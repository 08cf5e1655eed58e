import type { SyntaxFault } from './syntax.ts';

/** Which shell speaks: their messages differ. */
export type ShellFlavour = 'ash' | 'dash' | 'bash';

export function notFoundText(flavour: ShellFlavour, shell: string, command: string): string {
  const reason =
    command.includes('/') && flavour === 'bash'
      ? 'No such file or directory'
      : flavour === 'bash'
        ? 'command not found'
        : 'not found';
  return `${prefix(flavour, shell)}${command}: ${reason}\n`;
}

/** Any other message of the shell itself. */
export function shellError(flavour: ShellFlavour, shell: string, text: string): string {
  return `${prefix(flavour, shell)}${text}\n`;
}

function prefix(flavour: ShellFlavour, shell: string): string {
  switch (flavour) {
    case 'ash':
      return `${shell}: `;
    case 'dash':
      return `${shell}: 1: `;
    case 'bash':
      return `${shell}: line 1: `;
  }
}

export function cannotOpenText(
  flavour: ShellFlavour,
  shell: string,
  path: string,
  writing: boolean,
  reason: string,
): string {
  const lower = reason.toLowerCase().replace(' or directory', '');
  switch (flavour) {
    case 'ash':
      return `${shell}: can't ${writing ? 'create' : 'open'} ${path}: ${writing && lower === 'no such file' ? 'nonexistent directory' : lower}\n`;
    case 'dash':
      return `${shell}: 1: cannot ${writing ? 'create' : 'open'} ${path}: ${writing && lower === 'no such file' ? 'Directory nonexistent' : reason.replace(' or directory', '')}\n`;
    case 'bash':
      return `${shell}: line 1: ${path}: ${reason}\n`;
  }
}

export function syntaxErrorText(
  flavour: ShellFlavour,
  shell: string,
  { token, line, unterminated }: SyntaxFault,
): string {
  switch (flavour) {
    case 'ash':
      if (unterminated) return `${shell}: syntax error: unterminated quoted string\n`;
      return `${shell}: syntax error: unexpected ${token === '' ? 'end of file' : token === 'newline' ? 'newline' : `"${token}"`}\n`;
    case 'dash':
      if (unterminated) return `${shell}: ${line}: Syntax error: Unterminated quoted string\n`;
      return `${shell}: ${line}: Syntax error: ${token === '' ? 'end of file' : `"${token}"`} unexpected\n`;
    case 'bash':
      if (unterminated)
        return `${shell}: -c: line ${line}: unexpected EOF while looking for matching \`${unterminated}'\n`;
      if (token === '') return `${shell}: -c: line ${line}: syntax error: unexpected end of file\n`;
      return `${shell}: -c: line ${line}: syntax error near unexpected token \`${token}'\n`;
  }
}
