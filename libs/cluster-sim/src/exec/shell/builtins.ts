import { absolutePath } from '../file-system.ts';
import { wholeNumber } from '../text.ts';
import type { Execution } from './execution.ts';
import type { Interpreter } from './interpreter.ts';
import { parseScript } from './parser.ts';
import { syntaxErrorText } from './flavour.ts';
import type { ShellState } from './shell-state.ts';
import type { Streams } from './streams.ts';

type Builtin = (
  argv: readonly string[],
  state: ShellState,
  streams: Streams,
  interpreter: Interpreter,
) => Execution | void;

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
  const isFunction = argv[1] === '-f';
  for (const name of argv.slice(1)) {
    if (isFunction) state.functions.delete(name);
    else state.variables.delete(name);
    state.exported.delete(name);
  }
  state.status = 0;
};

/** `local`: the function's caller gets the old values back. */
const declareLocals: Builtin = (argv, state, streams, interpreter) => {
  const frame = state.hidden.at(-1);
  if (!frame && interpreter.flavour !== 'dash') {
    const text = interpreter.flavour === 'bash' ? 'local: can only be used in a function' : 'local: not in a function';
    interpreter.complain(text, state, streams, 1);
    return;
  }
  for (const operand of argv.slice(1)) {
    const equals = operand.indexOf('=');
    const name = equals < 0 ? operand : operand.slice(0, equals);
    if (frame && !frame.has(name)) frame.set(name, state.variables.get(name));
    if (equals >= 0) state.set(name, operand.slice(equals + 1));
  }
  state.status = 0;
};

const readLine: Builtin = (argv, state, { input }) => {
  const isRaw = argv.slice(1).some((argument) => /^-[a-z]*r/.test(argument));
  const names = argv.slice(1).filter((name) => !name.startsWith('-'));
  const line = input.takeLine();
  const text = isRaw ? (line ?? '') : (line ?? '').replaceAll(/\\(.)/g, '$1');
  const fields = lineFields(text, state.get('IFS') ?? ' \t\n', Math.max(names.length, 1));
  (names.length > 0 ? names : ['REPLY']).forEach((name, index) => state.set(name, fields[index] ?? ''));
  state.status = line === undefined ? 1 : 0;
};

/** Field splitting of `read`: the last field takes the rest of the line; blanks of IFS around fields do not count. */
function lineFields(line: string, separators: string, count: number): readonly string[] {
  const isBlank = (character: string): boolean => /\s/.test(character) && separators.includes(character);
  const fields: string[] = [];
  let position = 0;
  const skipBlanks = (): void => {
    while (position < line.length && isBlank(line.charAt(position))) position += 1;
  };
  skipBlanks();
  while (fields.length < count - 1 && position < line.length) {
    const start = position;
    while (position < line.length && !separators.includes(line.charAt(position))) position += 1;
    fields.push(line.slice(start, position));
    skipBlanks();
    if (position < line.length && separators.includes(line.charAt(position))) {
      position += 1;
      skipBlanks();
    }
  }
  let end = line.length;
  while (end > position && isBlank(line.charAt(end - 1))) end -= 1;
  return [...fields, line.slice(position, end)];
}

/** `set -o NAME`. */
const optionLetters: ReadonlyMap<string, string> = new Map([
  ['errexit', 'e'],
  ['nounset', 'u'],
  ['xtrace', 'x'],
]);

const setOptions: Builtin = (argv, state) => {
  const operands = argv.slice(1);
  while (operands[0]?.startsWith('-') || operands[0]?.startsWith('+')) {
    const option = operands.shift() ?? '';
    if (option === '--') break;
    const named = option.slice(1).includes('o') ? operands.shift() : undefined;
    for (const letter of [
      ...option.slice(1).replace('o', ''),
      ...(named === undefined ? [] : [optionLetters.get(named) ?? named]),
    ]) {
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

/** From a function; elsewhere it ends the script. */
const leaveFunction: Builtin = (argv, state, streams, interpreter) => {
  leave(argv, state, streams, interpreter);
  if (state.hidden.length > 0) state.departure = { kind: 'return' };
};

function leaveLoop(kind: 'break' | 'continue'): Builtin {
  return (argv, state) => {
    state.status = 0;
    state.departure = { kind, levels: wholeNumber(argv[1]) ?? 1 };
  };
}

const evaluate: Builtin = function* (argv, state, streams, interpreter) {
  const parsed = parseScript(argv.slice(1).join(' '));
  if (parsed.ok) {
    // $? is that of the command before, until there is another.
    if (parsed.script.length === 0) state.status = 0;
    yield* interpreter.run(parsed.script, state, streams);
  } else {
    streams.error.write(syntaxErrorText(interpreter.flavour, interpreter.shell, parsed.fault));
    state.status = 2;
  }
};

/** The program takes the shell's place: when it ends, so does the shell. */
const replace: Builtin = function* (argv, state, streams, interpreter) {
  state.status = 0;
  if (argv.length < 2) return;
  yield* interpreter.execute(argv.slice(1), state, streams);
  const { departure } = state;
  if (departure?.kind === 'blocked' && departure.by.kind === 'child')
    state.departure = { kind: 'blocked', by: { kind: 'successor', onStop: departure.by.onStop } };
  state.departure ??= { kind: 'exit' };
};

const run: Builtin = function* (argv, state, streams, interpreter) {
  if (argv[1] !== '-v' && argv[1] !== '-V') return yield* interpreter.execute(argv.slice(1), state, streams);
  const name = argv[2] ?? '';
  if (state.functions.has(name) || builtins.has(name)) streams.output.write(`${name}\n`);
  else if (interpreter.environment.programs.has(name)) streams.output.write(`/bin/${name}\n`);
  const found = state.functions.has(name) || builtins.has(name) || interpreter.environment.programs.has(name);
  state.status = found ? 0 : 127;
};

const describe: Builtin = (argv, state, streams, interpreter) => {
  const name = argv[1] ?? '';
  const found = interpreter.environment.programs.has(name);
  if (state.functions.has(name)) streams.output.write(`${name} is a function\n`);
  else if (builtins.has(name)) streams.output.write(`${name} is a shell builtin\n`);
  else streams.output.write(found ? `${name} is /bin/${name}\n` : `${name}: not found\n`);
  state.status = state.functions.has(name) || builtins.has(name) || found ? 0 : 127;
};

/** `wait` ends with the jobs in the background: with a server among them it does not end. */
const wait: Builtin = (_argv, state, _streams, { environment }) => {
  environment.jobs?.finish();
  state.status = 0;
  if (state.hasJobs) state.departure = { kind: 'blocked', by: { kind: 'wait' } };
};

const termNames = new Set(['TERM', 'SIGTERM', '15']);
const exitNames = new Set(['EXIT', '0']);

/** trap ACTION CONDITION...: at the end of the shell, or at the one signal that a container gets, SIGTERM. */
const trap: Builtin = (argv, state) => {
  const operands = argv.slice(1).filter((operand) => operand !== '--');
  const [action = '-', ...conditions] = operands;
  const isSet = (names: ReadonlySet<string>): boolean => conditions.some((each) => names.has(each.toUpperCase()));
  if (isSet(termNames)) state.onTerm = action === '-' ? undefined : action;
  if (isSet(exitNames)) state.exitTrap = action === '-' || action === '' ? undefined : action;
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
  ['local', declareLocals],
  ['readonly', exportVariables],
  ['unset', unsetVariables],
  ['read', readLine],
  ['set', setOptions],
  ['exit', leave],
  ['return', leaveFunction],
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

export const specialBuiltins: ReadonlySet<string> = new Set([
  ':',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'trap',
  'unset',
]);
