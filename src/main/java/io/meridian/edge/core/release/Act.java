package io.meridian.edge.core.release;

/** What somebody declares with a signature. It is part of what is signed, so that one cannot be passed off as the other. */
public enum Act {
    /** "This is my change." */
    AUTHOR("author"),
    /** "I have looked at it, and it may go live." */
    APPROVE("approve");

    private final String word;

    Act(String word) {
        this.word = word;
    }

    /** As written in signatures and before the colon of a role. */
    public String word() {
        return word;
    }
}
