import { canonicalName, parseImageReference } from './image-reference.ts';
import type { ImageModel } from './image-model.ts';
import { knownImages } from './known-images.ts';
import { unknownImage } from './unknown-image.ts';

/** What the runtime finds under an image name. */
export type FoundImage =
  | { readonly kind: 'model'; readonly model: ImageModel; readonly canonicalName: string }
  /** No model knows the repository: a simulation cannot know every registry, so it is taken to exist (see `unknownImage`). */
  | { readonly kind: 'unknown'; readonly model: ImageModel; readonly canonicalName: string }
  /** kubelet: InvalidImageName, with the container status's message. */
  | { readonly kind: 'invalidName'; readonly message: string }
  /** kubelet: ErrImagePull, then ImagePullBackOff, with containerd's message. A known repository without such a tag. */
  | { readonly kind: 'notFound'; readonly message: string };

const models = indexed(knownImages);

/** The same name always gives the same answer, and names repeat, so answers are kept; the bound keeps hostile input in check. */
const maxAnswers = 1_000;
const answers = new Map<string, FoundImage>();

export function findImage(reference: string): FoundImage {
  const known = answers.get(reference);
  if (known) return known;
  const found = lookUp(reference);
  if (answers.size >= maxAnswers) answers.clear();
  answers.set(reference, found);
  return found;
}

function lookUp(text: string): FoundImage {
  const parsed = parseImageReference(text);
  if (!parsed.ok) {
    const quoted = JSON.stringify(text);
    // pkg/kubelet/images/image_manager.go and pkg/util/parsers/parsers.go
    return {
      kind: 'invalidName',
      message: `Failed to apply default image tag ${quoted}: couldn't parse image name ${quoted}: ${parsed.reason}`,
    };
  }
  const { reference } = parsed;
  const name = canonicalName(reference);
  const model = models.get(reference.repository);
  if (!model) return { kind: 'unknown', model: unknownImage, canonicalName: name };
  const { tag } = reference;
  if (tag !== undefined && reference.digest === undefined && model.tags && !model.tags.test(tag)) {
    return { kind: 'notFound', message: notFoundMessage(name) };
  }
  const variant = tag === undefined ? undefined : model.variants?.find(({ tags }) => tags.test(tag));
  return { kind: 'model', model: variant?.model ?? model, canonicalName: name };
}

/** containerd's pull error as it comes through the CRI (core/remotes/docker: resolver.go). */
function notFoundMessage(name: string): string {
  return (
    `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": ` +
    `failed to resolve reference "${name}": ${name}: not found`
  );
}

/** A repository that two models claim is a mistake of ours, found when the module loads. */
export function indexed(images: readonly ImageModel[]): ReadonlyMap<string, ImageModel> {
  const index = new Map<string, ImageModel>();
  for (const image of images) {
    for (const repository of image.repositories) {
      if (index.has(repository)) throw new Error(`two image models claim the repository "${repository}"`);
      index.set(repository, image);
    }
  }
  return index;
}
