import { done, refused, type Outcome } from '../outcome.ts';
import { badRequest } from '../status.ts';
import { accountGroups, accountOf, type UserInfo } from './access.ts';

/** Whose place somebody wants to take; the name may be missing. */
export interface Impersonation extends UserInfo {
  readonly uid: string;
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** apiserver/pkg/endpoints/filters/impersonation: the administrator may take anybody's place. No user: nobody's was asked for. */
export function impersonatedUser({ name, groups, uid, extra }: Impersonation): Outcome<UserInfo | undefined> {
  const hasMore = groups.length > 0 || uid !== '' || Object.keys(extra).length > 0;
  if (name === '') return hasMore ? refused(withoutUser(groups, uid, extra)) : done(undefined);
  const account = accountOf(name);
  const own = groups.length === 0 && account ? accountGroups(account.namespace) : groups;
  return done({
    name,
    groups: withStanding(name, own),
    ...(uid === '' ? {} : { uid }),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  });
}

function withStanding(name: string, groups: readonly string[]): readonly string[] {
  const [known, unknown] = ['system:authenticated', 'system:unauthenticated'];
  if (name === 'system:anonymous') return groups.includes(unknown) ? groups : [...groups, unknown];
  return groups.includes(known) || groups.includes(unknown) ? groups : [...groups, known];
}

/** As Go prints a slice of ObjectReferences. */
function withoutUser(
  groups: readonly string[],
  uid: string,
  extra: Readonly<Record<string, readonly string[]>>,
): ReturnType<typeof badRequest> {
  const references = [
    ...groups.map((group) => `{Group  ${group}    }`),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => `{UserExtra  ${value}  authentication.k8s.io/v1  ${key}}`),
    ),
    ...(uid === '' ? [] : [`{UID  ${uid}  authentication.k8s.io/v1  }`]),
  ];
  return badRequest(`requested [${references.join(' ')}] without impersonating a user`);
}
