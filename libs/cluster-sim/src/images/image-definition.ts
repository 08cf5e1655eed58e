import { alpineTools, debianTools } from '../exec/program-sets.ts';
import { fail, findProgram } from '../exec/program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../exec/program.ts';
import type { Libc } from '../dns/resolver.ts';
import type { ContainerContext, ImageModel } from './image-model.ts';
import { startProcess } from './process-start.ts';

/** What an image's configuration and layers say, as far as it matters here. */
export interface ImageDefinition {
  readonly repositories: readonly string[];
  readonly tags?: RegExp;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly workingDirectory?: string;
  /** Later programs hide earlier ones of the same name. */
  readonly programs: readonly (readonly Program[])[];
  readonly files?: Readonly<Record<string, string>>;
  /** By default musl with alpine's tools, else glibc. */
  readonly libc?: Libc;
  /** The image's ENV. */
  readonly env?: Readonly<Record<string, string>>;
}

export function defineImage(definition: ImageDefinition): ImageModel {
  const programs = new Map(definition.programs.flat().map((program) => [program.name, program] as const));
  const files = new Map(Object.entries(definition.files ?? {}));
  const workingDirectory = definition.workingDirectory ?? '/';
  const model: ImageModel = {
    repositories: definition.repositories,
    ...(definition.tags && { tags: definition.tags }),
    programs,
    libc: definition.libc ?? (definition.programs.includes(alpineTools) ? 'musl' : 'glibc'),
    files,
    workingDirectory,
    commandLine: (context) => commandLine(definition, context),
    start: (context) => startProcess(model, { ...context, env: { ...definition.env, ...context.env } }),
  };
  return model;
}

/** An image on Debian that also comes on alpine: the same process, other tools. */
export function defineImageWithAlpine(
  definition: Omit<ImageDefinition, 'programs'>,
  own: readonly Program[],
): ImageModel {
  const alpine = defineImage({ ...definition, programs: [alpineTools, own] });
  const debian = defineImage({ ...definition, programs: [debianTools, own] });
  return { ...debian, variants: [{ tags: /alpine/, model: alpine }] };
}

/** An ENTRYPOINT script that prepares things and then becomes its arguments; options alone go to the image's own program. */
export function entrypointScript(
  name: string,
  ownCommand: string,
  check?: (environment: ExecEnvironment) => ProgramResult | undefined,
): Program {
  return {
    name,
    readsInput: true,
    run(argv, stdin, environment) {
      const [first = ownCommand, ...rest] = argv.slice(1);
      const command = first.startsWith('-') ? [ownCommand, first, ...rest] : [first, ...rest];
      const program = findProgram(command[0] ?? '', environment.programs);
      if (!program) return fail(127, `/usr/local/bin/${name}: exec: ${command[0] ?? ''}: not found\n`);
      const refused = program.name === ownCommand ? check?.(environment) : undefined;
      return refused ?? program.run(command, stdin, environment);
    },
  };
}

/** `command` replaces ENTRYPOINT and CMD, `args` alone replaces CMD (kubernetes.io: Define a Command and Arguments). */
function commandLine(definition: ImageDefinition, context: ContainerContext): readonly string[] {
  const { container, argv } = context;
  if (container.command !== undefined && container.command.length > 0) return argv;
  const entrypoint = definition.entrypoint ?? [];
  return argv.length > 0 ? [...entrypoint, ...argv] : [...entrypoint, ...(definition.cmd ?? [])];
}
