import { readDefinition } from './definition-file.ts';
import type { Folder } from './folder.ts';
import { moduleFileSchema, type ConceptDefinition } from './format.ts';

/** What the modules of a content folder teach; of a module that cannot be read nothing. */
export function readConcepts(root: Folder): readonly ConceptDefinition[] {
  return [...root].flatMap(([path, text]) => {
    if (!/^[^/]+\/module\.yaml$/.test(path)) return [];
    const reading = readDefinition(path, text);
    const parsed = reading.ok ? moduleFileSchema.safeParse(reading.file.value) : undefined;
    return parsed?.success === true ? parsed.data.concepts : [];
  });
}
