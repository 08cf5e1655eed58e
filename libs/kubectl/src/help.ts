import texts from './help-texts.json' with { type: 'json' };

/** What a real kubectl says when it is asked for help (tools/kubectl-help.mjs). */
interface CommandHelp {
  /** Up to the heading of the options, or the whole text where there are none. */
  readonly before: string;
  /** Places in the list of all options: each is a line with the flag and one that describes it. */
  readonly options: readonly number[];
  readonly after: string;
}

const helpOf: ReadonlyMap<string, CommandHelp> = new Map(Object.entries(texts.commands));

/** "kubectl get"; of '', "kubectl". */
export function commandPath(name: string): string {
  return name === '' ? 'kubectl' : `kubectl ${name}`;
}

/** What --help shows of a command; nothing of one that kubectl hides. */
export function helpText(name: string): string {
  const help = helpOf.get(name);
  if (!help) return '';
  const listed = help.options.map((at) => texts.options[at] ?? '');
  return listed.length === 0 ? help.before : `${help.before}${listed.join('\n\n')}\n${help.after}`;
}

/** What a wrong question for help is answered with: all but what kubectl is. */
export function usageOfAll(): string {
  const text = helpText('');
  return text.slice(text.indexOf('\n\nBasic Commands'));
}

/** `kubectl options`. */
export const globalOptions: string = texts.global;

/** The names and letters of the flags that a command's help names; undefined of a command that it does not have. */
export function flagsInHelp(
  name: string,
): readonly { readonly name: string; readonly short: string | undefined }[] | undefined {
  return helpOf.get(name)?.options.flatMap((at) => {
    const [, short, long] = /^ +(?:-(\w), )?--([\w-]+)=/.exec(texts.options[at] ?? '') ?? [];
    return long === undefined ? [] : [{ name: long, short }];
  });
}
