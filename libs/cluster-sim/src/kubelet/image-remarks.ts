import type { Container } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { Notes, Remark } from '../events/remark.ts';

/** What pkg/kubelet/images/image_manager.go says. */

type Say = (type: Remark['type'], reason: string, message: string) => Remark;

/** How an image came to the node: the first Pod that needs it waits for the pull. */
export function imageRemarks(
  { image, imagePullPolicy }: Container,
  { node, now }: { readonly node: string; readonly now: Instant },
  notes: Notes,
  say: Say,
): readonly Remark[] {
  const note = `image ${image} on ${node}`;
  const isPresent = notes.has(note);
  notes.add(note);
  if (imagePullPolicy === 'Never' || (isPresent && imagePullPolicy !== 'Always'))
    return [
      say('Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`),
    ];
  const weight = weightOf(`${note} ${now}`);
  const time = `${isPresent ? 100 + (weight % 150) : 300 + (weight % 600)}ms`;
  const size = `Image size: ${sizeOf(image)} bytes.`;
  const pulled = `Successfully pulled image "${image}" in ${time} (${time} including waiting). ${size}`;
  return [pulling(image, say), say('Normal', 'Pulled', pulled)];
}

export function failedPull(image: string, error: string, say: Say): readonly Remark[] {
  return [
    pulling(image, say),
    say('Warning', 'Failed', `Failed to pull image "${image}": ${error}`),
    say('Warning', 'Failed', 'Error: ErrImagePull'),
  ];
}

/** What each synchronization says until the image is pulled again. */
export function pullBackOff(image: string, say: Say): readonly Remark[] {
  return [
    say('Normal', 'BackOff', `Back-off pulling image "${image}"`),
    say('Warning', 'Failed', 'Error: ImagePullBackOff'),
  ];
}

function pulling(image: string, say: Say): Remark {
  return say('Normal', 'Pulling', `Pulling image "${image}"`);
}

/** No layers are modelled: time and size follow from names. The start of a Pod takes a second, the pull included. */
function sizeOf(image: string): number {
  return 4_000_000 + (weightOf(image) % 90_000_000);
}

function weightOf(text: string): number {
  let weight = 0;
  for (let index = 0; index < text.length; index += 1) weight = (weight * 31 + text.charCodeAt(index)) % 1_000_000_007;
  return weight;
}
