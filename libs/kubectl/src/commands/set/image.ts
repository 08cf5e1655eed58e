import type { Fault } from '../../fault.ts';
import { fault, faultText, several } from '../../fault.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { hasFiles } from '../../manifest-files.ts';
import { parsePairs, resourcesAndPairs } from './pairs.ts';
import { meantContainers, withContainers, withPodSpec } from './pod-spec.ts';
import { recordFlag } from '../../record-flag.ts';
import { localOnServer, selectedTwice, setFlags, setObjects, setPlace, targetsOf } from './set-objects.ts';

/** kubectl/pkg/cmd/set/set_image.go. */
export const setImage: KubectlCommand = {
  name: 'set image',
  flags: { ...setFlags, ...recordFlag, selector: { short: 'l', value: 'required' } },
  run(invocation) {
    const { flags, operands } = invocation;
    const place = setPlace(invocation);
    const { resources, pairs } = resourcesAndPairs(operands, 'image');
    const images = parsePairs(pairs, 'image');
    const targets = targetsOf(invocation, resources, place);
    const mistakes = [
      ...(flags.isTrue('all') && flags.text('selector') !== '' ? [selectedTwice] : []),
      ...(resources.length === 0 && !hasFiles(invocation)
        ? ['one or more resources must be specified as <resource> <name> or <resource>/<name>']
        : []),
      ...(images.size === 0 ? ['at least one image update is required'] : []),
      ...(images.size > 1 && images.has('*')
        ? ['all containers are already specified by *, but saw more than one container_name=container_image pairs']
        : []),
      ...(place.isLocal && place.dryRun === 'server' ? [localOnServer] : []),
    ];
    const mistake = several(mistakes.map(fault));
    if (mistake) throw new CommandError(faultText(mistake));
    const missing: Fault[] = [];
    const changed = targets.map((target) => ({
      target,
      object: withPodSpec(target, (spec) => {
        let imaged = spec;
        for (const [name, image] of images) {
          const isMeant = (container: string): boolean => name === '*' || container === name;
          if (meantContainers(spec, isMeant).length === 0)
            missing.push(fault(`error: unable to find container named ${JSON.stringify(name)}`));
          imaged = withContainers(imaged, isMeant, (container) => ({ ...container, image }));
        }
        return imaged;
      }),
    }));
    setObjects(
      invocation,
      targets,
      place,
      {
        change: (target) => changed.find((one) => one.target === target)?.object,
        done: 'image updated',
        failure: 'failed to patch image update to pod template: ',
      },
      missing,
    );
  },
};
