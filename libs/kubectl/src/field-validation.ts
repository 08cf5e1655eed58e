import type { FieldValidation } from '@kubedrill/cluster-sim';
import type { Flags, FlagSyntax } from './flags.ts';
import { CommandError } from './invocation.ts';

export const validateFlag: FlagSyntax = { value: { whenBare: 'strict' } };

const directives: Readonly<Record<string, FieldValidation>> = {
  strict: 'Strict',
  warn: 'Warn',
  ignore: 'Ignore',
};

/** kubectl/pkg/cmd/util/helpers.go GetValidationDirective. */
export function fieldValidationOf(flags: Flags): FieldValidation {
  const text = flags.has('validate') ? flags.text('validate') : 'strict';
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return 'Strict';
  if (/^(0|f|F|FALSE|false|False)$/.test(text)) return 'Ignore';
  const directive = Object.hasOwn(directives, text) ? directives[text] : undefined;
  if (directive === undefined)
    throw new CommandError(
      `error: invalid - validate option ${JSON.stringify(text)}; must be one of: strict (or true), warn, ignore (or false)`,
    );
  return directive;
}
