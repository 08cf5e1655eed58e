import { refused, type Refusal } from '../outcome.ts';
import { invalidKind } from '../status.ts';
import { forbidden, invalid, notSupported, notSupportedText, required, shownNamed, tooLong } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { root } from './path.ts';
import { byteLength } from './text-format.ts';

/** apimachinery/pkg/apis/meta/v1/validation: what requests may ask for besides. */

export interface AskedWrite {
  readonly dryRun: readonly string[];
  /** '': not named. */
  readonly fieldManager: string;
  /** '': not said. */
  readonly fieldValidation: string;
}

interface AskedDeletion {
  readonly orphanDependents?: boolean;
  readonly propagationPolicy?: string;
  readonly dryRun?: readonly string[];
}

/** Options are an object of a kind of their own. */
export function refusedOptions(
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions',
  faults: readonly FieldError[],
): Refusal | undefined {
  return faults.length === 0 ? undefined : refused(invalidKind(kind, 'meta.k8s.io', '', faults));
}

const propagations = ['Foreground', 'Background', 'Orphan'];
const fieldValidations = ['', 'Ignore', 'Strict', 'Warn'];
const maxManagerLength = 128;
/** unicode.IsPrint: letters, marks, numbers, punctuation, symbols, and the space. */
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

export function validateDeleteOptions(options: AskedDeletion): readonly FieldError[] {
  const { orphanDependents, propagationPolicy: policy, dryRun = [] } = options;
  const path = root.child('propagationPolicy');
  const both = 'orphanDependents and deletionPropagation cannot be both set';
  return [
    ...(orphanDependents !== undefined && policy !== undefined ? [invalid(path, shownNamed(policy), both)] : []),
    ...(policy === undefined || propagations.includes(policy)
      ? []
      : [notSupported(path, policy, [...propagations, 'nil'])]),
    ...validateDryRun(dryRun),
  ];
}

/** ValidateCreateOptions, ValidateUpdateOptions. */
export function validateWriteOptions({ fieldManager, dryRun, fieldValidation }: AskedWrite): readonly FieldError[] {
  return [
    ...validateFieldManager(fieldManager),
    ...validateDryRun(dryRun),
    ...(fieldValidations.includes(fieldValidation)
      ? []
      : [notSupportedText(root.child('fieldValidation'), fieldValidation, fieldValidations)]),
  ];
}

export function validatePatchOptions(
  options: AskedWrite & { readonly isForced: boolean | undefined },
  isApply: boolean,
): readonly FieldError[] {
  const { fieldManager, isForced } = options;
  const unnamed = isApply && fieldManager === '';
  return [
    ...(unnamed ? [required(root.child('fieldManager'), 'is required for apply patch')] : []),
    ...(isApply || isForced === undefined
      ? []
      : [forbidden(root.child('force'), 'may not be specified for non-apply patch')]),
    ...validateWriteOptions(options),
  ];
}

function validateFieldManager(manager: string): readonly FieldError[] {
  const path = root.child('fieldManager');
  let position = 0;
  const faults: FieldError[] = [];
  for (const character of manager) {
    if (unprintable.test(character))
      faults.push(invalid(path, manager, `invalid character ${unicode(character)} (at position ${position})`));
    position += byteLength(character);
  }
  return position > maxManagerLength ? [tooLong(path, maxManagerLength), ...faults] : faults;
}

/** %#U of something that cannot be printed. */
function unicode(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function validateDryRun(asked: readonly string[]): readonly FieldError[] {
  return asked.every((value) => value === 'All') ? [] : [notSupported(root.child('dryRun'), asked, ['All'])];
}
