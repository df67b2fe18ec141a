package org.memoryqueue.api.access;

import java.util.Optional;
import java.util.Set;
import org.memoryqueue.api.problem.ProblemException;

/**
 * Who calls.
 *
 * @param subject the user, as the token names them
 * @param rooms the rooms of a teacher; empty for others
 * @param seesAllRooms whether a teacher without rooms sees all of them, by configuration
 */
public record Caller(String subject, Role role, Set<String> rooms, boolean seesAllRooms) {

    public Caller {
        rooms = Set.copyOf(rooms);
    }

    /** Ends the request with 403 unless the caller may hand sessions of this student in. */
    public void mustSpeakFor(String studentId) {
        if (!speaksForAll() && !isThemselves(studentId)) {
            throw foreignStudent();
        }
    }

    /** Whether the caller may see what concerns a student in a room. */
    public boolean maySee(String studentId, String roomId) {
        return speaksForAll() || isThemselves(studentId) || role == Role.TEACHER && teaches(roomId);
    }

    /**
     * The rooms to which what the caller sees of a student is confined; empty where it is not. Ends the request with 403
     * when the caller must not ask for this student at all, whether or not there is such a student.
     */
    public Optional<Set<String>> roomsInWhichToSee(String studentId) {
        if (speaksForAll() || isThemselves(studentId) || role == Role.TEACHER && seesAllRooms) {
            return Optional.empty();
        }
        if (role == Role.TEACHER) {
            return Optional.of(rooms);
        }
        throw foreignStudent();
    }

    /** Whether the caller may put right what is remembered of students in a room; their own word is not enough. */
    public boolean mayCorrect(String roomId) {
        return role == Role.ADMIN || role == Role.TEACHER && teaches(roomId);
    }

    private boolean speaksForAll() {
        return role == Role.ADMIN || role == Role.SERVICE;
    }

    private boolean isThemselves(String studentId) {
        return subject.equals(studentId);
    }

    private boolean teaches(String roomId) {
        return seesAllRooms || rooms.contains(roomId);
    }

    private static ProblemException foreignStudent() {
        return ProblemException.forbidden("Forbidden", "This is somebody else's");
    }
}
