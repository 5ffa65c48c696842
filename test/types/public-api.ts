// What the public declarations promise. Compiling is the test: each `@ts-expect-error` fails once the line below it is right.
import {
  CometChatCalls,
  type CometChatCall,
  type CometChatCallButton,
  type SessionUser,
} from '../../src/index.js';

type Same<One, Other> =
  (<Probe>() => Probe extends One ? 1 : 2) extends <Probe>() => Probe extends Other ? 1 : 2 ? true : false;
type IsAny<Type> = 0 extends 1 & Type ? true : false;

/** The members of a type that are `any`, or take or return `any`. */
type AnyMembers<Type> = {
  [Name in keyof Type]-?: IsAny<Type[Name]> extends true
    ? Name
    : Type[Name] extends (...args: infer Given) => infer Returned
      ? true extends IsAny<Returned> | { [Index in keyof Given]: IsAny<Given[Index]> }[number]
        ? Name
        : never
      : never;
}[keyof Type];

/** What the element adds to HTMLElement. */
type OwnMembers<Element extends HTMLElement> = Omit<
  Element,
  keyof HTMLElement | 'renderRoot' | 'renderOptions' | `${string}Controller` | `${string}Callback`
>;

function holds<Claim extends true>(): Claim | undefined {
  return undefined;
}

/** Takes what is exactly of a type. */
function expectType<Expected>() {
  return <Given>(given: Given & (Same<Given, Expected> extends true ? Given : never)): unknown => given;
}

// Tag names
holds<Same<HTMLElementTagNameMap['cometchat-call'], CometChatCall>>();
holds<Same<HTMLElementTagNameMap['cometchat-call-button'], CometChatCallButton>>();

// No `any` anywhere in what is public
holds<Same<AnyMembers<OwnMembers<CometChatCall>>, never>>();
holds<Same<AnyMembers<OwnMembers<CometChatCallButton>>, never>>();
holds<Same<AnyMembers<typeof CometChatCalls>, never>>();
holds<Same<AnyMembers<InstanceType<typeof CometChatCalls.CallSettingsBuilder>>, never>>();
holds<Same<AnyMembers<InstanceType<typeof CometChatCalls.CallSettings>>, never>>();
holds<Same<AnyMembers<InstanceType<typeof CometChatCalls.OngoingCallListener>>, never>>();

// The check itself sees an `any`.
holds<Same<AnyMembers<{ found: (given: unknown) => ReturnType<typeof JSON.parse> }>, 'found'>>();

export function listensToTheElement(call: CometChatCall): void {
  call.addEventListener('cometchat-user-joined', (event) => expectType<SessionUser>()(event.detail));
  call.addEventListener('cometchat-call-ended', (event) => expectType<void>()(event.detail));
  call.addEventListener('cometchat-error', ({ detail }) => detail.code.toUpperCase());
  call.addEventListener('click', (event) => event.preventDefault());
  // @ts-expect-error There is no such payload.
  call.addEventListener('cometchat-user-joined', ({ detail }) => detail.nickname);
  // Any element above it hears the same.
  document.body.addEventListener('cometchat-user-muted', ({ detail }) => detail.mutedBy.uid);
}

export function setsProperties(call: CometChatCall): void {
  call.mode = 'SPOTLIGHT';
  call.showEndCallButton = false;
  call.idleTimeoutPeriod = 240;
  call.localizedStrings = { END_CALL_TEXT: 'Auflegen' };
  // @ts-expect-error No such layout.
  call.mode = 'SIDEWAYS';
  // @ts-expect-error A switch is a boolean.
  call.showEndCallButton = 'no';
  // @ts-expect-error Who is in the call cannot be written.
  call.participants = [];
}

export function buildsSettings(): void {
  const builder = new CometChatCalls.CallSettingsBuilder();
  const settings = builder.enableDefaultLayout(true).setIsAudioOnlyCall(false).build();
  settings.isAudioOnlyCall().valueOf();
  // @ts-expect-error It is a boolean.
  builder.startWithAudioMuted('yes');
  // Listeners may write the types that CometChat's documents use.
  builder.setCallListener({ onUserListUpdated: (users: SessionUser[]) => void users.length });
  // @ts-expect-error Another payload altogether.
  builder.setCallListener({ onUserListUpdated: (users: number) => void users });
}
