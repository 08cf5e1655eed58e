import { absolutePath } from '../file-system.ts';
import { fail, interruptedExitCode } from '../program.ts';
import type { ExecEnvironment, Program, ProgramResult, Steps, Written } from '../program.ts';
import { cannotOpenText, syntaxErrorText } from '../shell/flavour.ts';
import type { ShellFlavour } from '../shell/flavour.ts';
import { finish } from '../shell/execution.ts';
import { Interpreter } from '../shell/interpreter.ts';
import { lastCommand, reactionOf } from '../shell/stop-reaction.ts';
import { parseScript } from '../shell/parser.ts';
import { ShellState } from '../shell/shell-state.ts';
import { Input, Sink } from '../shell/streams.ts';

/** A shell: `sh -c SCRIPT [NAME ARGS...]`, `sh FILE [ARGS...]`, or commands from standard input. */
export function shell(name: string, flavour: ShellFlavour): Program {
  return {
    name,
    readsInput: true,
    run(argv, stdin, environment) {
      return finish(runShell({ name, flavour, argv, environment }, new Input(stdin)));
    },
    steps(argv, input, environment, written) {
      return runShell({ name, flavour, argv, environment }, input, written);
    },
    interactive(argv) {
      const { operands, options } = argumentsOf(argv);
      if (operands.length > 0 || options.includes('c')) return undefined;
      const shown = argv[0] ?? name;
      const invocation = { parameters: [shown], options };
      return { name: shown, flavour, initialState: (environment) => initialState(invocation, environment) };
    },
  };
}

interface ShellRun {
  readonly name: string;
  readonly flavour: ShellFlavour;
  readonly argv: readonly string[];
  readonly environment: ExecEnvironment;
}

function* runShell({ name, flavour, argv, environment }: ShellRun, input: Input, written: Written = {}): Steps {
  const invocation = invocationOf(argv, input, environment);
  if (invocation.kind === 'missingFile')
    return fail(
      flavour === 'bash' ? 127 : 2,
      cannotOpenText(flavour, argv[0] ?? name, invocation.path, false, 'No such file or directory'),
    );
  const parsed = parseScript(invocation.script);
  if (!parsed.ok) return fail(2, syntaxErrorText(flavour, argv[0] ?? name, parsed.fault));
  const state = initialState(invocation, environment);
  const streams = { input, output: new Sink(environment.budget), error: new Sink(environment.budget) };
  const interpreter = new Interpreter(environment, flavour, argv[0] ?? name);
  written.streams = streams;
  written.listeners = state.listeners;
  yield* interpreter.run(parsed.script, state, streams);
  yield* interpreter.runExitTrap(state, streams);
  const result = resultOf(state, streams.output.text, streams.error.text);
  if (!result.serves) return result;
  const last = invocation.options.includes('c') ? lastCommand(parsed.script) : undefined;
  const onStop = reactionOf(state, interpreter, last);
  return onStop ? { ...result, onStop } : result;
}

type Invocation =
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly parameters: readonly string[];
      readonly options: readonly string[];
    }
  | { readonly kind: 'missingFile'; readonly path: string };

function argumentsOf(argv: readonly string[]): {
  readonly operands: readonly string[];
  readonly options: readonly string[];
} {
  const operands = argv.slice(1);
  const options: string[] = [];
  while (operands[0] !== undefined && /^[-+][a-zA-Z]+$/.test(operands[0])) {
    const option = operands.shift() ?? '';
    options.push(...option.slice(1));
    if (option.endsWith('o')) operands.shift();
  }
  return { operands, options };
}

function invocationOf(argv: readonly string[], input: Input, environment: ExecEnvironment): Invocation {
  const { operands, options } = argumentsOf(argv);
  const [first, ...rest] = operands;
  if (options.includes('c'))
    return { kind: 'script', script: first ?? '', parameters: rest.length > 0 ? rest : [argv[0] ?? 'sh'], options };
  if (first === undefined) return { kind: 'script', script: input.takeAll(), parameters: [argv[0] ?? 'sh'], options };
  const path = absolutePath(first, environment.workingDirectory);
  if (!environment.files.isFile(path)) return { kind: 'missingFile', path: first };
  return { kind: 'script', script: environment.files.read(path), parameters: operands, options };
}

function initialState(
  { parameters, options }: Pick<Invocation & { kind: 'script' }, 'parameters' | 'options'>,
  environment: ExecEnvironment,
): ShellState {
  const variables = new Map(environment.variables);
  variables.set('PWD', environment.workingDirectory);
  const exported = new Set(variables.keys());
  variables.set('IFS', ' \t\n');
  return new ShellState({
    variables,
    exported,
    parameters,
    workingDirectory: environment.workingDirectory,
    options: new Set(options.filter((option) => 'exu'.includes(option))),
    listeners: [],
    functions: new Map(),
  });
}

function resultOf(state: ShellState, stdout: string, stderr: string): ProgramResult {
  const endless = state.departure?.kind === 'blocked' || state.departure?.kind === 'limited';
  if (endless)
    return { stdout, stderr, exitCode: interruptedExitCode, elapsed: state.elapsed, serves: state.listeners };
  return { stdout, stderr, exitCode: state.status, elapsed: state.elapsed };
}
