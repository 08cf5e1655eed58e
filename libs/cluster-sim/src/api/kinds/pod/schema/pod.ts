import { objectMeta } from '../../../schema/object-meta.ts';
import { always, object } from '../../../schema/schema.ts';
import { podSpec } from '../../pod-template/schema/pod-spec.ts';
import { podStatus } from './pod-status.ts';

/** core/v1 Pod. */

export const pod = object('Pod', { metadata: always(objectMeta), spec: always(podSpec), status: always(podStatus) });
