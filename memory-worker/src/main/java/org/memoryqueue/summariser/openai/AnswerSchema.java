package org.memoryqueue.summariser.openai;

/**
 * What answers must look like. The limits are wider than what the descriptions ask for: they keep out rubbish, not a model
 * that says a bit more.
 */
final class AnswerSchema {

    /** The most items that a list may have. */
    static final int MOST_ITEMS = 20;

    /** All that is to be known of a transcript, or of a part of it. */
    static final JsonSchema WHOLE = JsonSchema.parse("""
            {
              "type": "object",
              "properties": {
                "summary": {
                  "type": "string", "minLength": 1, "maxLength": 4000,
                  "description": "Two to four sentences about the session."
                },
                "topics": {
                  "type": "array", "maxItems": 20,
                  "description": "What the session was about, most important first. At most eight.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "topic": {
                        "type": "string", "minLength": 1, "maxLength": 120,
                        "description": "One to four words in lower case, in the singular."
                      },
                      "message_index": { "type": "integer", "description": "The number of the message that shows it." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["topic", "message_index", "quote"],
                    "additionalProperties": false
                  }
                },
                "understood": {
                  "type": "array", "maxItems": 20,
                  "description": "What the student showed to have understood. At most four. Quote the student.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "claim": { "type": "string", "minLength": 1, "maxLength": 600, "description": "One sentence." },
                      "message_index": { "type": "integer", "description": "The number of the message that shows it." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["claim", "message_index", "quote"],
                    "additionalProperties": false
                  }
                },
                "struggling": {
                  "type": "array", "maxItems": 20,
                  "description": "What the student got wrong, did not know, or still finds hard. At most four.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "claim": { "type": "string", "minLength": 1, "maxLength": 600, "description": "One sentence." },
                      "message_index": { "type": "integer", "description": "The number of the message that shows it." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["claim", "message_index", "quote"],
                    "additionalProperties": false
                  }
                },
                "progress": {
                  "type": "string", "maxLength": 1000,
                  "description": "One sentence on how the student moved during the session; empty if it does not show."
                },
                "next_steps": {
                  "type": "string", "maxLength": 2000,
                  "description": "One or two sentences on what to do next; empty if the session does not show it."
                },
                "assessment": {
                  "type": "object",
                  "properties": {
                    "solved_unaided": {
                      "type": ["number", "null"], "minimum": 0, "maximum": 1,
                      "description": "The probability, 0 to 1, that the student solved the task without being given the answer; null if the session allows no judgement."
                    },
                    "outcome": {
                      "type": "string", "enum": ["solved", "solved_with_help", "unsolved", "unknown"],
                      "description": "How the task ended. solved_with_help: the tutor gave the answer, or most of it, away."
                    },
                    "confidence": {
                      "type": "number", "minimum": 0, "maximum": 1,
                      "description": "How sure you are of the outcome, 0 to 1."
                    }
                  },
                  "required": ["solved_unaided", "outcome", "confidence"],
                  "additionalProperties": false
                },
                "observations": {
                  "type": "array", "maxItems": 20,
                  "description": "For each of the topics on which the student answered: how these answers came out.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "topic": {
                        "type": "string", "minLength": 1, "maxLength": 120, "description": "Spelt as among the topics."
                      },
                      "correct_unaided": {
                        "type": "integer", "minimum": 0, "maximum": 1000,
                        "description": "Answers that were right without the tutor having given the answer away."
                      },
                      "correct_with_help": {
                        "type": "integer", "minimum": 0, "maximum": 1000,
                        "description": "Answers that were right after the tutor had given the answer away."
                      },
                      "incorrect": {
                        "type": "integer", "minimum": 0, "maximum": 1000, "description": "Answers that were wrong."
                      }
                    },
                    "required": ["topic", "correct_unaided", "correct_with_help", "incorrect"],
                    "additionalProperties": false
                  }
                },
                "preferences": {
                  "type": "array", "maxItems": 20,
                  "description": "How the student asked to be taught, or said what had helped. Empty if they did not.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "wish": {
                        "type": "string",
                        "enum": ["examples", "step-by-step", "visual", "short", "detailed", "slower", "faster"]
                      },
                      "message_index": { "type": "integer", "description": "The number of the student's message." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["wish", "message_index", "quote"],
                    "additionalProperties": false
                  }
                }
              },
              "required": [
                "summary", "topics", "understood", "struggling", "progress", "next_steps", "assessment", "observations"
              ],
              "additionalProperties": false
            }
            """);

    /** What is asked again once for all parts of a transcript. */
    static final JsonSchema NARRATIVE = WHOLE.only("summary", "progress", "next_steps", "assessment");

    private AnswerSchema() {}
}
