import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { findCaseDirectories, UnusableFolder, type CaseDirectory } from '../conformance/case-directory.ts';
import { clientNames, type ClientName } from '../conformance/kubectl/transcript-client.ts';
import { openRecordings } from '../conformance/recordings.ts';
import { countByTopic, describeFailure, passed, type CaseOutcome } from '../conformance/report.ts';
import type { Terminal } from '../terminal.ts';

export const conformance: Command = {
  name: 'conformance',
  usage: '<folder> [--json] [--filter TEXT] [--client real|own]',
  summary: 'Replays recordings of a real Kubernetes against the simulation and shows every difference.',
  async run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        filter: { type: 'string', default: '' },
        client: { type: 'string', default: 'real' },
      },
    });
    const client = clientNames.find((name) => name === values.client);
    if (!client) throw new UsageError(`--client is one of ${clientNames.join(', ')}, not ${values.client}`);
    const [folder] = positionals;
    if (folder === undefined)
      throw new UsageError('name a folder of recordings: one with a conformance.json at or below it');
    const outcomes: CaseOutcome[] = [];
    for (const directory of directoriesIn(folder))
      outcomes.push(...(await replayAll(directory, values.filter, client)));
    if (outcomes.length === 0) throw new UsageError(`no case that can be replayed has "${values.filter}" in its name`);
    const failed = outcomes.filter((outcome) => !passed(outcome));
    const line = `${outcomes.length - failed.length} passed, ${failed.length} failed`;
    if (values.json) {
      terminal.out(JSON.stringify(machineReport(outcomes, failed), null, 2));
      terminal.error(line);
    } else {
      printReport(outcomes, failed, terminal);
      terminal.out(line);
    }
    return failed.length === 0 ? 0 : 1;
  },
};

function directoriesIn(folder: string): readonly CaseDirectory[] {
  try {
    return findCaseDirectories(folder);
  } catch (error) {
    if (error instanceof UnusableFolder) throw new UsageError(error.message);
    throw error;
  }
}

async function replayAll(
  directory: CaseDirectory,
  filter: string,
  client: ClientName,
): Promise<readonly CaseOutcome[]> {
  const recordings = openRecordings(directory, client);
  const outcomes: CaseOutcome[] = [];
  for (const name of recordings.names)
    if (`${directory.kind}/${name}`.includes(filter)) outcomes.push(await recordings.replay(name));
  return outcomes;
}

function printReport(outcomes: readonly CaseOutcome[], failed: readonly CaseOutcome[], terminal: Terminal): void {
  for (const outcome of failed) terminal.out(describeFailure(outcome));
  for (const { topic, passed: good, failed: bad } of countByTopic(outcomes))
    terminal.out(`${topic.padEnd(30)} ${terminal.style(bad === 0 ? 'green' : 'red', `${good} passed, ${bad} failed`)}`);
}

function machineReport(outcomes: readonly CaseOutcome[], failed: readonly CaseOutcome[]): object {
  return {
    passed: outcomes.length - failed.length,
    failed: failed.length,
    topics: countByTopic(outcomes),
    failures: failed,
  };
}
