import type { CommandHost, Console } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

const notFound = 127;

/** kubectl/pkg/cmd/util/editor/editor.go: a program of the workstation changes a file. */
export class Editor {
  private readonly host: CommandHost;
  private readonly console: Console;
  private readonly command: string;
  private launches = 0;

  constructor(host: CommandHost, console: Console) {
    this.host = host;
    this.console = console;
    this.command = host.variable('KUBE_EDITOR') || host.variable('EDITOR') || 'vi';
  }

  /** What became of the text, and where it is. */
  edit(text: string, extension: string): { readonly edited: string; readonly file: string } {
    this.launches += 1;
    const file = `/tmp/kubectl-edit-${this.launches}${extension}`;
    if (!this.host.writeFile(file, text)) throw new CommandError(`error: open ${file}: permission denied`);
    const { stdout, stderr, exitCode } = this.host.runScript(`${this.command} ${file}`);
    const shown = JSON.stringify(this.command);
    if (exitCode === notFound) throw new CommandError(`error: unable to launch the editor ${shown}`);
    this.console.stdout += stdout;
    this.console.stderr += stderr;
    if (exitCode !== 0) throw new CommandError(`error: there was a problem with the editor ${shown}`);
    return { edited: this.host.readFile(file) ?? '', file };
  }

  discard(file: string): void {
    this.host.runScript(`rm -f ${file}`);
  }
}
