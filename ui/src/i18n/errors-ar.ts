// What a patient can mend themselves, in Arabic. Every other failure is said by `kiosk.trouble`.

import type { FailureCode } from "../rpc/client";

export const errorsAr: {
  readonly [Code in Extract<FailureCode, `answer.${string}`>]: {
    readonly what: string;
    readonly next: string;
  };
} = {
  "answer.invalid": {
    what: "لا يمكن قبول هذه الإجابة كما هي.",
    next: "الرجاء اختيار إجابة أخرى أو كتابتها.",
  },
  "answer.required": { what: "هذا السؤال يحتاج إلى إجابة.", next: "الرجاء الإجابة عنه للمتابعة." },
};
