import { helpText } from '../../help.ts';
import { CommandError } from '../../invocation.ts';

/** helpErrorf: the command's help, and then why. */
export function unexpectedArguments(name: string, operands: readonly string[]): CommandError {
  return new CommandError(`error: Unexpected args: [${operands.join(' ')}]`, { stdout: helpText(name) });
}
