export type ExpressionValue = string | number | boolean;
