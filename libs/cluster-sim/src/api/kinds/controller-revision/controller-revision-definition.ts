import type { ControllerRevision } from '@kubedrill/kube-model';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, int64, object, raw } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { required } from '../../validation/field-error.ts';
import { immutable } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root } from '../../validation/path.ts';
import { nonNegative } from '../../validation/rule.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';

const schema = object('ControllerRevision', { metadata: always(objectMeta), data: raw, revision: always(int64) });

/** registry/apps/controllerrevision, pkg/apis/apps/validation ValidateControllerRevisionCreate and -Update. */
export const controllerRevisionDefinition: KindDefinition<'ControllerRevision'> = {
  kind: 'ControllerRevision',
  schema,
  defaults: (revision) => revision,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (revision) => revision,
    prepareForUpdate: (revision) => revision,
    validateCreate(revision) {
      const report: FieldError[] = [];
      validateRevision(revision, report);
      const data: unknown = revision.data;
      if (data === undefined || data === null) report.push(required(root.child('data'), 'data is mandatory'));
      else if (typeof data !== 'object' || Array.isArray(data))
        report.push(required(root.child('data'), 'data must be a valid JSON object'));
      return report;
    },
    validateUpdate(revision, old) {
      const report: FieldError[] = [];
      validateMetadataUpdate(revision.metadata, old.metadata, report);
      validateRevision(revision, report);
      immutable(revision.data, old.data, root.child('data'), report);
      return report;
    },
  },
};

function validateRevision({ metadata, revision }: ControllerRevision, report: FieldError[]): void {
  validateMetadata(metadata, true, dns1123Subdomain, report);
  nonNegative(revision, root.child('revision'), report);
}
