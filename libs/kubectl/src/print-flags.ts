import type { FlagSet } from './flags.ts';

/** What most commands take for the form of their output: cli-runtime/pkg/genericclioptions/print_flags.go. */
export const printFlags: FlagSet = {
  output: { short: 'o', value: 'required' },
  template: { value: 'required' },
  'allow-missing-template-keys': { value: { whenBare: 'true' }, type: 'bool' },
  'show-managed-fields': { value: 'none' },
};
