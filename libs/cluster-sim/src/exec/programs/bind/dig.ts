import { fail, succeed } from '../../program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../../program.ts';
import { joinLines } from '../../text.ts';
import { parseDig, type DigCommand, type DigQuestion } from './dig-options.ts';
import { answerText, version } from './dig-output.ts';
import { bindLookup, bindServer, silenceText, type BindServer } from './lookup.ts';

/** An OPT record, and in it the client's cookie, which CoreDNS sends back. */
const optLength = 11;
const cookieLength = 12;
/** dig's exit code when no server answered. */
const noServerExitCode = 9;

/** dig [@SERVER] NAME [TYPE] [+OPTIONS]: no search list unless +search. */
export const dig: Program = {
  name: 'dig',
  run(argv, _stdin, environment) {
    const command = parseDig(argv);
    if (typeof command === 'string') return fail(1, command);
    const server = bindServer(command.server, environment);
    if (!server) return fail(10, `dig: couldn't get address for '${command.server ?? ''}': not found\n`);
    const greeting = greetingOf(argv, command);
    let [stdout, elapsed, exitCode] = ['', 0, 0];
    for (const [index, question] of command.questions.entries()) {
      const result = ask(question, server, command, index === 0 ? greeting : '', environment);
      stdout += result.stdout;
      elapsed += result.elapsed;
      exitCode = Math.max(exitCode, result.exitCode);
    }
    return exitCode === 0 ? succeed(stdout, elapsed) : fail(exitCode, '', elapsed, stdout);
  },
};

/** bin/dig/dig.c printgreeting. */
function greetingOf(argv: readonly string[], { flags, server }: DigCommand): string {
  if (!flags.cmd || flags.short) return '';
  return joinLines([
    '',
    `; <<>> DiG ${version} <<>>${argv
      .slice(1)
      .map((argument) => ` ${argument}`)
      .join('')}`,
    ...(server === undefined ? [] : ['; (1 server found)']),
    ';; global options: +cmd',
  ]);
}

function ask(
  question: DigQuestion,
  server: BindServer,
  command: DigCommand,
  greeting: string,
  environment: ExecEnvironment,
): ProgramResult {
  const { flags, ndots, time, tries } = command;
  const pseudo = flags.edns ? optLength + (flags.cookie ? cookieLength : 0) : 0;
  const reply = bindLookup(
    {
      ...question,
      server,
      isSearched: flags.search,
      buffer: flags.edns ? command.buffer : 512,
      pseudo,
      useTcp: flags.tcp,
      ...(ndots !== undefined && { ndots }),
    },
    environment,
  );
  if (reply.kind === 'silent') {
    const text = `${silenceText(server, tries)}${greeting};; no servers could be reached\n`;
    return fail(noServerExitCode, '', tries * time * 1_000, text);
  }
  if (flags.short) return succeed(joinLines(reply.message.answers.map(({ data }) => data)), 1);
  const cut = reply.wasTruncated && flags.comments ? ';; Truncated, retrying in TCP mode.\n' : '';
  return succeed(cut + greeting + answerText(question, reply, server, command, environment), 1);
}
