package org.memoryqueue.api.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** How tokens tell who somebody is. */
@ConfigMapping(prefix = "memory.auth")
public interface AccessConfig {

    /** What a teacher without rooms sees. */
    enum TeacherScope {
        ROOMS,
        ALL
    }

    /** Paths of the claim that holds the role, with dots between names; the first that is there counts. */
    @WithDefault("app_metadata.role,role")
    List<String> roleClaims();

    /** Paths of the claim that holds the rooms of a teacher, a list of texts; the first that is there counts. */
    @WithDefault("app_metadata.rooms,rooms")
    List<String> roomsClaims();

    /** {@code rooms}: a teacher whose token names no rooms sees none; {@code all}: sees all. */
    @WithDefault("rooms")
    TeacherScope teacherScope();
}
