package org.memoryqueue.benchmarks.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;

/** Splits items into parts such that all items of one problem are in the same part. */
final class Folds {

    private final int count;
    private final Map<String, Integer> byProblem = new HashMap<>();

    /**
     * Deals out the problems.
     *
     * @param count how many parts, at least 2
     * @param seed the same seed deals the same way
     */
    Folds(Iterable<String> problems, int count, long seed) {
        this.count = count;
        TreeSet<String> distinct = new TreeSet<>();
        problems.forEach(distinct::add);
        List<String> dealt = new ArrayList<>(distinct);
        Collections.shuffle(dealt, new Random(seed));
        for (int i = 0; i < dealt.size(); i++) {
            byProblem.put(dealt.get(i), i % count);
        }
    }

    int count() {
        return count;
    }

    int of(String problem) {
        return byProblem.getOrDefault(problem, 0);
    }

    <T> List<T> inside(int fold, List<T> items, Function<T, String> problem) {
        return items.stream().filter(item -> of(problem.apply(item)) == fold).toList();
    }

    <T> List<T> outside(int fold, List<T> items, Function<T, String> problem) {
        return items.stream().filter(item -> of(problem.apply(item)) != fold).toList();
    }
}
