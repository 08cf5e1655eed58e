import { globalOptions } from '../help.ts';
import type { KubectlCommand } from '../invocation.ts';

/** kubectl/pkg/cmd/options/options.go. */
export const options: KubectlCommand = {
  name: 'options',
  flags: {},
  run({ console }) {
    console.stdout += globalOptions;
  },
};
