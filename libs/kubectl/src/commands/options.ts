import { globalFlags } from '../global-flags.ts';
import { optionLines } from '../help.ts';
import type { KubectlCommand } from '../invocation.ts';

/** kubectl/pkg/cmd/options/options.go. */
export const options: KubectlCommand = {
  name: 'options',
  flags: {},
  run({ console }) {
    console.stdout += `The following options can be passed to any command:\n\n${optionLines(globalFlags)}`;
  },
};
