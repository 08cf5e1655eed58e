import type { Program } from '../exec/program.ts';
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
    files,
    workingDirectory,
    commandLine: (context) => commandLine(definition, context),
    start: (context) => startProcess(model, { ...context, env: { ...definition.env, ...context.env } }),
  };
  return model;
}

/** `command` replaces ENTRYPOINT and CMD, `args` alone replaces CMD (kubernetes.io: Define a Command and Arguments). */
function commandLine(definition: ImageDefinition, context: ContainerContext): readonly string[] {
  const { container, argv } = context;
  if (container.command !== undefined && container.command.length > 0) return argv;
  const entrypoint = definition.entrypoint ?? [];
  return argv.length > 0 ? [...entrypoint, ...argv] : [...entrypoint, ...(definition.cmd ?? [])];
}
