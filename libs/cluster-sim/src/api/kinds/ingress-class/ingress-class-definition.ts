import type { IngressClass } from '@kubedrill/kube-model';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, object, pointer, string } from '../../schema/schema.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupportedText, required, tooLong } from '../../validation/field-error.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { pathSegment, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { specPath } from '../../validation/path.ts';
import { formatted, requiredText } from '../../validation/rule.ts';
import { byteLength, dns1123Label, dns1123Subdomain, regexError } from '../../validation/text-format.ts';
import type { KindDefinition } from '../kind-definition.ts';

/** networking.k8s.io/v1 IngressClass: pkg/registry/networking/ingressclass. */
export const ingressClassDefinition: KindDefinition<'IngressClass'> = {
  kind: 'IngressClass',
  schema: object('IngressClass', {
    metadata: objectMeta,
    spec: always(
      object('IngressClassSpec', {
        controller: string,
        parameters: object('IngressClassParametersReference', {
          apiGroup: pointer(string),
          kind: always(string),
          name: always(string),
          scope: pointer(string),
          namespace: pointer(string),
        }),
      }),
    ),
  }),
  defaults: (ingressClass) => {
    const { parameters } = ingressClass.spec;
    if (!parameters || parameters.scope !== undefined) return ingressClass;
    return { ...ingressClass, spec: { ...ingressClass.spec, parameters: { ...parameters, scope: 'Cluster' } } };
  },
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (ingressClass) => withGeneration(ingressClass, 1),
    prepareForUpdate: (ingressClass, old) =>
      semanticallyEqual(ingressClass.spec, old.spec)
        ? ingressClass
        : withGeneration(ingressClass, (old.metadata.generation ?? 0) + 1),
    validateCreate: validateIngressClass,
    validateUpdate: (ingressClass, old) => {
      const report: FieldError[] = [];
      validateMetadataUpdate(ingressClass.metadata, old.metadata, report);
      immutable(ingressClass.spec.controller ?? '', old.spec.controller ?? '', specPath.child('controller'), report);
      return [...report, ...validateIngressClass(ingressClass)];
    },
  },
};

function withGeneration(ingressClass: IngressClass, generation: number): IngressClass {
  return { ...ingressClass, metadata: { ...ingressClass.metadata, generation } };
}

const maxControllerBytes = 250;
const scopes = ['Cluster', 'Namespace'];
const pathPattern = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const path = new RegExp(`^${pathPattern}$`);

/** ValidateIngressClass of pkg/apis/networking/validation. */
function validateIngressClass({ metadata, spec }: IngressClass): FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, false, dns1123Subdomain, report);
  validateController(spec.controller ?? '', report);
  if (spec.parameters) validateParameters(spec.parameters, report);
  return report;
}

/** IsDomainPrefixedPath of apimachinery. */
function validateController(controller: string, report: FieldError[]): void {
  const at = specPath.child('controller');
  if (byteLength(controller) > maxControllerBytes) report.push(tooLong(at, maxControllerBytes));
  const slash = controller.indexOf('/');
  if (controller === '') report.push(required(at));
  else if (slash <= 0 || slash === controller.length - 1)
    report.push(invalid(at, controller, 'must be a domain-prefixed path (such as "acme.io/foo")'));
  else {
    const [host, rest] = [controller.slice(0, slash), controller.slice(slash + 1)];
    formatted(dns1123Subdomain)(host, at, report);
    if (!path.test(rest)) report.push(invalid(at, rest, regexError('Invalid path', pathPattern)));
  }
}

function validateParameters(parameters: NonNullable<IngressClass['spec']['parameters']>, report: FieldError[]): void {
  const at = specPath.child('parameters');
  const { apiGroup, kind, name, scope, namespace } = parameters;
  const namespacePath = at.child('namespace');
  if (apiGroup !== undefined) formatted(dns1123Subdomain)(apiGroup, at.child('apiGroup'), report);
  requiredText(formatted(pathSegment))(kind, at.child('kind'), report);
  requiredText(formatted(pathSegment))(name, at.child('name'), report);
  if (scope === undefined) report.push(required(at.child('scope')));
  else if (!scopes.includes(scope)) report.push(notSupportedText(at.child('scope'), scope, scopes));
  else if (scope === 'Cluster') {
    if (namespace !== undefined) report.push(forbidden(namespacePath, "`parameters.scope` is set to 'Cluster'"));
  } else if (namespace === undefined) report.push(required(namespacePath, "`parameters.scope` is set to 'Namespace'"));
  else formatted(dns1123Label)(namespace, namespacePath, report);
}
