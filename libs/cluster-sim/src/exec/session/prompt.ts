import type { ShellFlavour } from '../shell/flavour.ts';
import type { ShellState } from '../shell/shell-state.ts';

/** PS1 as the images come with it: busybox's own, dash's, and that of Debian's bash.bashrc. */
const prompts: Readonly<Record<ShellFlavour, string>> = {
  ash: '\\w \\$ ',
  dash: '# ',
  bash: '\\u@\\h:\\w\\$ ',
};

export function promptOf(flavour: ShellFlavour, state: ShellState, hostname: string): string {
  const home = state.get('HOME') ?? '/root';
  const { workingDirectory } = state;
  const isAtHome = workingDirectory === home || workingDirectory.startsWith(`${home}/`);
  const shown = isAtHome && home !== '/' ? `~${workingDirectory.slice(home.length)}` : workingDirectory;
  return (state.get('PS1') ?? prompts[flavour]).replaceAll(/\\([uhwW$])/g, (_all, letter: string) => {
    switch (letter) {
      case 'u':
        return 'root';
      case 'h':
        return hostname;
      case 'w':
        return shown;
      case 'W':
        return shown.slice(shown.lastIndexOf('/') + 1) || '/';
      default:
        return '#';
    }
  });
}
