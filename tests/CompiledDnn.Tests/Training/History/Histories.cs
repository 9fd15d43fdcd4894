namespace CompiledDnn.Tests.Training;

/// <summary>Histories as training might leave them.</summary>
internal static class Histories
{
    /// <summary>Epochs with everything that a record can hold.</summary>
    public static TrainingHistory Full(int epochs)
    {
        var history = new TrainingHistory { Steps = (10L * epochs) + 3, StopReason = StopReason.TimeLimit };
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            history.Add(new EpochRecord
            {
                Epoch = epoch,
                Step = 10L * epoch,
                Examples = 300,
                Rate = 0.1 / epoch,
                Cost = Math.Exp(-epoch / 3.0),
                Accuracy = 1 - Math.Exp(-epoch / 2.0),
                Metrics = new MetricValues([new("f1", 1.0 / 3 * epoch), new("roc_auc", 0.1 + 0.2)]),
                ValidationCost = Math.Exp(-epoch / 3.0) + (0.02 * epoch),
                ValidationAccuracy = 0.9 - Math.Exp(-epoch / 2.0),
                ValidationMetrics = new MetricValues([new("f1", Math.PI)]),
                Seconds = 1e-7,
            });
            for (int step = (10 * epoch) - 9; step <= 10 * epoch; step++)
            {
                history.Add(new StepCost(step, Math.Exp(-step / 30.0)));
            }
        }

        return history;
    }

    /// <summary>Epochs with nothing but their costs.</summary>
    public static TrainingHistory Of(params double[] costs)
    {
        var history = new TrainingHistory();
        for (int i = 0; i < costs.Length; i++)
        {
            history.Add(new EpochRecord { Epoch = i + 1, Cost = costs[i], Seconds = 1 });
        }

        return history;
    }

    /// <summary>Epochs with costs of training and of validation.</summary>
    public static TrainingHistory Of(params (double Cost, double Validation)[] costs)
    {
        var history = new TrainingHistory();
        for (int i = 0; i < costs.Length; i++)
        {
            history.Add(new EpochRecord { Epoch = i + 1, Cost = costs[i].Cost, ValidationCost = costs[i].Validation, Seconds = 1 });
        }

        return history;
    }
}
