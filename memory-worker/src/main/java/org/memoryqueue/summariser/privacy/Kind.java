package org.memoryqueue.summariser.privacy;

/** What sort of personal data something is. The names are told to the model, in placeholders. */
enum Kind {
    LINK,
    EMAIL,
    /** A bank account. */
    ACCOUNT,
    /** A payment card. */
    CARD,
    /** A number that a state gives to a person. */
    ID,
    PHONE,
    NAME
}
