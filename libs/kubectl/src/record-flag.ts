import type { FlagSet } from './flags.ts';

/** cli-runtime/pkg/genericclioptions/record_flags.go. */
export const recordFlag: FlagSet = { record: { value: 'none' } };
