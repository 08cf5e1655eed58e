import { absolutePath } from '../file-system.ts';
import { wholeNumber } from '../text.ts';
import type { Interpreter } from './interpreter.ts';
import { parseScript } from './parser.ts';
import { syntaxErrorText } from './flavour.ts';
import type { ShellState } from './shell-state.ts';
import type { Streams } from './streams.ts';

type Builtin = (argv: readonly string[], state: ShellState, streams: Streams, interpreter: Interpreter) => void;

const maxStatus = 255;

const changeDirectory: Builtin = (argv, state, streams, interpreter) => {
  const target = argv[1] ?? state.get('HOME') ?? '/';
  const path = target === '-' ? (state.get('OLDPWD') ?? '/') : absolutePath(target, state.workingDirectory);
  if (!interpreter.environment.files.isDirectory(path)) {
    const reason =
      interpreter.flavour === 'bash'
        ? `cd: ${target}: No such file or directory`
        : `cd: can't cd to ${target}: No such file or directory`;
    interpreter.complain(
      interpreter.flavour === 'dash' ? `cd: can't cd to ${target}` : reason,
      state,
      streams,
      interpreter.flavour === 'dash' ? 2 : 1,
    );
    return;
  }
  state.set('OLDPWD', state.workingDirectory);
  state.workingDirectory = path;
  state.set('PWD', path);
  state.status = 0;
};

const exportVariables: Builtin = (argv, state) => {
  for (const operand of argv.slice(1)) {
    const equals = operand.indexOf('=');
    const name = equals < 0 ? operand : operand.slice(0, equals);
    if (equals >= 0) state.set(name, operand.slice(equals + 1));
    state.exported.add(name);
  }
  state.status = 0;
};

const unsetVariables: Builtin = (argv, state) => {
  for (const name of argv.slice(1)) {
    state.variables.delete(name);
    state.exported.delete(name);
  }
  state.status = 0;
};

const readLine: Builtin = (argv, state, { input }) => {
  const names = argv.slice(1).filter((name) => !name.startsWith('-'));
  const line = input.takeLine();
  const words = (line ?? '').trim().split(/[ \t]+/);
  names.forEach((name, index) =>
    state.set(name, (index === names.length - 1 ? words.slice(index).join(' ') : words[index]) ?? ''),
  );
  state.status = line === undefined ? 1 : 0;
};

const setOptions: Builtin = (argv, state) => {
  const operands = argv.slice(1);
  while (operands[0]?.startsWith('-') || operands[0]?.startsWith('+')) {
    const option = operands.shift() ?? '';
    if (option === '--') break;
    if (option.slice(1) === 'o') operands.shift();
    for (const letter of option.slice(1)) {
      if (option.startsWith('-')) state.options.add(letter);
      else state.options.delete(letter);
    }
  }
  if (operands.length > 0) state.parameters = [state.parameters[0] ?? 'sh', ...operands];
  state.status = 0;
};

const leave: Builtin = (argv, state) => {
  const status = argv[1] === undefined ? state.status : wholeNumber(argv[1]);
  state.status = status === undefined ? 2 : status & maxStatus;
  state.departure = { kind: 'exit' };
};

function leaveLoop(kind: 'break' | 'continue'): Builtin {
  return (argv, state) => {
    state.status = 0;
    state.departure = { kind, levels: wholeNumber(argv[1]) ?? 1 };
  };
}

const evaluate: Builtin = (argv, state, streams, interpreter) => {
  const parsed = parseScript(argv.slice(1).join(' '));
  if (parsed.ok) {
    state.status = 0;
    interpreter.run(parsed.script, state, streams);
  } else {
    streams.error.write(syntaxErrorText(interpreter.flavour, interpreter.shell, parsed.fault));
    state.status = 2;
  }
};

/** The program takes the shell's place: when it ends, so does the shell. */
const replace: Builtin = (argv, state, streams, interpreter) => {
  state.status = 0;
  if (argv.length < 2) return;
  interpreter.execute(argv.slice(1), state, streams);
  const { departure } = state;
  if (departure?.kind === 'blocked' && departure.by.kind === 'child')
    state.departure = { kind: 'blocked', by: { kind: 'successor', onStop: departure.by.onStop } };
  state.departure ??= { kind: 'exit' };
};

const run: Builtin = (argv, state, streams, interpreter) => {
  if (argv[1] !== '-v' && argv[1] !== '-V') return interpreter.execute(argv.slice(1), state, streams);
  const name = argv[2] ?? '';
  if (builtins.has(name)) streams.output.write(`${name}\n`);
  else if (interpreter.environment.programs.has(name)) streams.output.write(`/bin/${name}\n`);
  state.status = builtins.has(name) || interpreter.environment.programs.has(name) ? 0 : 127;
};

const describe: Builtin = (argv, state, streams, interpreter) => {
  const name = argv[1] ?? '';
  const found = interpreter.environment.programs.has(name);
  if (builtins.has(name)) streams.output.write(`${name} is a shell builtin\n`);
  else streams.output.write(found ? `${name} is /bin/${name}\n` : `${name}: not found\n`);
  state.status = builtins.has(name) || found ? 0 : 127;
};

/** `wait` ends with the jobs in the background: with a server among them it does not end. */
const wait: Builtin = (_argv, state) => {
  state.status = 0;
  if (state.hasJobs) state.departure = { kind: 'blocked', by: { kind: 'wait' } };
};

const termNames = new Set(['TERM', 'SIGTERM', '15']);

/** trap ACTION SIGNAL...; the one signal that a container gets is SIGTERM. */
const trap: Builtin = (argv, state) => {
  const operands = argv.slice(1).filter((operand) => operand !== '--');
  const [action = '-', ...signals] = operands;
  if (signals.some((signal) => termNames.has(signal.toUpperCase()))) state.onTerm = action === '-' ? undefined : action;
  state.status = 0;
};

const shift: Builtin = (argv, state) => {
  const [name = 'sh', ...rest] = state.parameters;
  state.parameters = [name, ...rest.slice(wholeNumber(argv[1]) ?? 1)];
  state.status = 0;
};

const succeed: Builtin = (_argv, state) => {
  state.status = 0;
};

const printDirectory: Builtin = (_argv, state, { output }) => {
  output.write(`${state.workingDirectory}\n`);
  state.status = 0;
};

/** What the shell does itself; echo, test and the like are programs here, as they behave the same. */
export const builtins: ReadonlyMap<string, Builtin> = new Map([
  [':', succeed],
  ['cd', changeDirectory],
  ['pwd', printDirectory],
  ['export', exportVariables],
  ['local', exportVariables],
  ['readonly', exportVariables],
  ['unset', unsetVariables],
  ['read', readLine],
  ['set', setOptions],
  ['exit', leave],
  ['return', leave],
  ['break', leaveLoop('break')],
  ['continue', leaveLoop('continue')],
  ['eval', evaluate],
  ['exec', replace],
  ['command', run],
  ['type', describe],
  ['wait', wait],
  ['trap', trap],
  ['kill', succeed],
  ['ulimit', succeed],
  ['umask', succeed],
  ['shift', shift],
]);
