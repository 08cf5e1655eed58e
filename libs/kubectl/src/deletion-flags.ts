import type { FlagSet } from './flags.ts';

/** What commands beside delete take of its flags: kubectl/pkg/cmd/delete/delete_flags.go NewDeleteFlags. */
export const deletionFlags: FlagSet = {
  cascade: { value: { whenBare: 'background' } },
  force: { value: 'none' },
  'grace-period': { value: 'required', type: 'int' },
  timeout: { value: 'required', type: 'duration' },
  wait: { value: 'none' },
};
