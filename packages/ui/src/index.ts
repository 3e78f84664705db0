export { Button, type ButtonProps } from "./button/button.tsx";
export { Card, type CardProps } from "./card/card.tsx";
export { Checkbox, type CheckboxProps } from "./checkbox/checkbox.tsx";
export { classNames } from "./class-names.ts";
export { CountdownBar, type CountdownBarProps } from "./countdown-bar/countdown-bar.tsx";
export { timeLeft } from "./countdown-bar/time-left.ts";
export { Dialog, type DialogProps } from "./dialog/dialog.tsx";
export { Duration } from "./duration/duration.tsx";
export { EmptyState, type EmptyStateProps } from "./empty-state/empty-state.tsx";
export { controlClass, describedBy, Field, type FieldProps } from "./field/field.tsx";
export {
  type DateTimeForm,
  formatDate,
  formatDateTime,
  formatPreciseTime,
  formatShortDate,
  formatTime,
} from "./format/date-time.ts";
export { type DurationForm, formatDuration } from "./format/duration.ts";
export { Icon } from "./icon/icon.tsx";
export { IconButton, type IconButtonProps } from "./icon-button/icon-button.tsx";
export { Key } from "./key/key.tsx";
export { LanguageSwitch } from "./language-switch/language-switch.tsx";
export { Loading, Spinner } from "./loading/loading.tsx";
export { Logo } from "./logo/logo.tsx";
export { MomentChoice, type MomentChoiceProps } from "./moment-choice/moment-choice.tsx";
export { Notice, type NoticeProps, type Remedy } from "./notice/notice.tsx";
export { OrLine } from "./or-line/or-line.tsx";
export { PasswordField, type PasswordFieldProps } from "./password-field/password-field.tsx";
export { PhoneNumber, type PhoneNumberProps } from "./phone-number/phone-number.tsx";
export { type Segment, SegmentedControl, type SegmentedControlProps } from "./segmented-control/segmented-control.tsx";
export { Select, type SelectOption, type SelectProps } from "./select/select.tsx";
export { SelectFrame } from "./select/select-frame.tsx";
export { SelectAction, type SelectActionProps } from "./select-action/select-action.tsx";
export { ProviderButton, useArrivedTicket } from "./sign-in/provider-button.tsx";
export type { ProviderTicket } from "./sign-in/provider-sign-in.ts";
export { SignInFrame, type SignInFrameProps } from "./sign-in/sign-in-frame.tsx";
export { StaffSignIn, type StaffSignInProps } from "./sign-in/staff-sign-in.tsx";
export { useSignInWays, type WaysIn } from "./sign-in/use-sign-in-ways.ts";
export { type OperatorState, StateLamp, type StateLampProps } from "./state-lamp/state-lamp.tsx";
export { type ListedStep, StepList, type StepListProps } from "./step-list/step-list.tsx";
export { TextArea, type TextAreaProps } from "./text-area/text-area.tsx";
export { TextField, type TextFieldProps } from "./text-field/text-field.tsx";
export { type Language, UiLanguage, useUiLanguage, useUiText } from "./texts/ui-language.tsx";
export { applyTheme, rememberedTheme, type Theme, themes } from "./theme-switch/theme.ts";
export { ThemeSwitch } from "./theme-switch/theme-switch.tsx";
export { Unreachable } from "./unreachable/unreachable.tsx";
export { useKeptFocus } from "./use-kept-focus.ts";
export { useNow } from "./use-now.ts";
