package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.operator.ListedJob;
import org.memoryqueue.operator.Page;

/**
 * A page of jobs.
 *
 * @param jobs newest first
 * @param nextCursor where the next page starts; left out on the last page
 */
public record JobItems(
        List<JobItem> jobs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor) {

    static JobItems of(Page<ListedJob> page) {
        return new JobItems(
                page.items().stream().map(JobItem::of).toList(),
                page.next().map(String::valueOf).orElse(null));
    }
}
